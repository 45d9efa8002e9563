import type { DeviceCode } from '../../../src/entra/device-flow.ts';
import type { Failure } from '../../../src/failure.ts';
import type { AccessTokens, TokenPorts } from '../../../src/token/token-request.ts';
import { FakeClock } from './clock.ts';
import { FakeEntra, type Script } from './entra.ts';

/** All that getting a token can see or touch, and what it did there. */
export interface World {
  readonly entra: FakeEntra;
  readonly clock: FakeClock;
  readonly ports: TokenPorts;
  /** Why the person was asked; empty when nobody was. */
  readonly asked: string[];
  readonly shown: DeviceCode[];
  /** For each reminder the milliseconds left. */
  readonly reminders: number[];
  readonly masked: string[];
  readonly infos: string[];
  readonly warnings: string[];
  /** What must be kept if all else fails, the last one last. */
  readonly learnt: AccessTokens[];
}

interface Circumstances extends Script {
  readonly signal?: AbortSignal;
  /** What asking the person ends in, when nobody may be asked. */
  readonly refusal?: Failure;
}

/** A world in which Entra answers as the script says. */
export function worldWith({ signal, refusal, ...script }: Circumstances): World {
  const clock = new FakeClock();
  const entra = new FakeEntra(script, clock);
  const seen = {
    asked: [] as string[],
    shown: [] as DeviceCode[],
    reminders: [] as number[],
    masked: [] as string[],
    infos: [] as string[],
    warnings: [] as string[],
    learnt: [] as AccessTokens[],
  };
  const ports: TokenPorts = {
    network: { transport: entra.transport, clock, random: () => 0.5, signal },
    person: {
      async ask(reason) {
        seen.asked.push(reason);
        if (refusal) throw refusal;
      },
      show: async (code) => void seen.shown.push(code),
      remind: (_, left) => void seen.reminders.push(left),
    },
    mask: (secret) => void seen.masked.push(secret),
    log: {
      info: (line) => void seen.infos.push(line),
      warning: (line) => void seen.warnings.push(line),
    },
    learnt: (signIn) => void seen.learnt.push(signIn),
  };
  return { entra, clock, ports, ...seen };
}
