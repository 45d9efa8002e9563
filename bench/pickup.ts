import { setTimeout as delay } from 'node:timers/promises';
import { alice } from '../sandbox/authority/directory.ts';
import { workflowDispatch } from '../sandbox/runner/events.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { type Spread, spreadOf } from './statistics.ts';

export interface Pickup {
  /** Milliseconds from the moment the person has finished to the line that says the token is there. */
  readonly times: Spread;
  /** Of the authority, in milliseconds. */
  readonly pollInterval: number;
}

/** How soon a sign-in is picked up. The person finishes at moments spread over a poll interval, since it counts how long before the next poll that is. */
export async function measurePickup(sandbox: Sandbox, runs: number): Promise<Pickup> {
  const pollInterval = (sandbox.authority.settings.intervalSeconds ?? 5) * 1000;
  const times: number[] = [];
  for (let index = 0; index < runs; index++) {
    await using action = await sandbox.start(workflowDispatch(), { inputs: { 'workflow-cache': 'false' } });
    const line = await action.line(/enter code +(\S+)/);
    await delay((index / runs) * pollInterval);
    await sandbox.authority.signIn(/enter code +(\S+)/.exec(line)?.[1] ?? '', alice.username);
    const finished = performance.now();
    await action.line(/Access token.* from the sign-in/);
    times.push(performance.now() - finished);
    await action.finished;
  }
  return { times: spreadOf(times), pollInterval };
}
