import { createTokenEvents } from '../../../src/action/token-events.ts';
import type { DeviceCode } from '../../../src/entra/device-flow.ts';
import type { Failure } from '../../../src/failure.ts';
import type { AccessTokens } from '../../../src/token/access-tokens.ts';
import type { TokenPorts } from '../../../src/token/token-ports.ts';
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
  /** What must be saved although the run failed. */
  readonly obtained: AccessTokens[];
}

interface Circumstances extends Script {
  readonly signal?: AbortSignal;
  /** What asking the person ends in, when nobody may be asked. */
  readonly refusal?: Failure;
  /** False where others can read the log. */
  readonly mayNamePeople?: boolean;
  /** By what runs that started together differ; from 0 up to 1. */
  readonly random?: () => number;
}

/** A world in which Entra answers as the script says. */
export function worldWith({
  signal,
  refusal,
  mayNamePeople = true,
  random = () => 0.5,
  ...script
}: Circumstances): World {
  const clock = new FakeClock();
  const entra = new FakeEntra(script, clock);
  const seen = {
    asked: [] as string[],
    shown: [] as DeviceCode[],
    reminders: [] as number[],
    masked: [] as string[],
    infos: [] as string[],
    warnings: [] as string[],
    obtained: [] as AccessTokens[],
  };
  const ports: TokenPorts = {
    network: { transport: entra.transport, clock, random, signal },
    person: {
      reminderInterval: 30_000,
      async prompt(reason) {
        seen.asked.push(reason);
        if (refusal) throw refusal;
      },
      show: async (code) => void seen.shown.push(code),
      remind: (_, left) => void seen.reminders.push(left),
    },
    mask: (secret) => void seen.masked.push(secret),
    events: createTokenEvents(
      {
        info: (line) => void seen.infos.push(line),
        warning: (line) => void seen.warnings.push(line),
      },
      { isPrivate: mayNamePeople },
    ),
  };
  return { entra, clock, ports, ...seen };
}
