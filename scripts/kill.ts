/**
 * Ends runs of the committed action by SIGINT, SIGTERM and SIGKILL at random moments, and looks whether the next run is
 * worse off, whether anything is left in clear, and how long the end takes. `KILLS` says how many, `SEED` which. With
 * `CANCELLATIONS`, so many runs are cancelled by SIGINT instead, while an answer of Entra that cannot be repeated is on its
 * way: each use of a refresh token revokes it, so an answer that is not saved is a sign-in lost.
 */
import { availableParallelism } from 'node:os';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { endRun, type Verdict } from '../test/kill/end-run.ts';
import { Lane } from '../test/kill/lane.ts';
import { planCancellations, planKills, victims } from '../test/kill/plan.ts';

const cancellations = Number(process.env['CANCELLATIONS'] || 0);
const count = cancellations || Number(process.env['KILLS'] || 200);
const seed = Number(process.env['SEED'] || 20_260_101);
const startedAt = performance.now();
const plan = cancellations > 0 ? planCancellations(count, seed) : planKills(count, seed);

// A token so short must be refreshed by each run; the polls of a sign-in come quickly, so that few runs only wait.
const settings = {
  accessTokenLifetimeSeconds: 200,
  intervalSeconds: 0.2,
  rotateAndRevoke: cancellations > 0,
};
await using sandboxes = new AsyncDisposableStack();
const lanes: { readonly lane: Lane; readonly sandbox: Sandbox }[] = [];
await openLanes();

const verdicts: Verdict[] = [];
const waiting = plan.values();
await Promise.all(lanes.map(workThrough));
const again = await repeatLate();
tell();

/** Killed runs share a sandbox. Where Entra holds back its answers, each lane has one of its own, and waits more. */
async function openLanes(): Promise<void> {
  let shared: Sandbox | undefined;
  const number = availableParallelism() + (cancellations > 0 ? 4 : 2);
  for (let lane = 0; lane < number; lane++) {
    const sandbox = (cancellations === 0 && shared) || sandboxes.use(await startSandbox({ settings }));
    shared = sandbox;
    lanes.push({ lane: await Lane.open(sandbox), sandbox });
  }
}

/** Takes the next kill as soon as the last is judged. */
async function workThrough({ lane, sandbox }: (typeof lanes)[number]): Promise<void> {
  for (const kill of waiting) verdicts.push(await endRun(kill, lane, sandbox));
}

/** A run that ended too late beside others, which had the processor, is ended once more alone. */
async function repeatLate(): Promise<number> {
  const [lane] = lanes;
  const late = [...verdicts.entries()].filter(([, { isLate, wrongs }]) => isLate && wrongs.length === 1);
  for (const [index, { kill }] of late)
    if (lane) verdicts[index] = await endRun(kill, lane.lane, lane.sandbox);
  return late.length;
}

function tell(): void {
  const wrong = verdicts.filter(({ wrongs }) => wrongs.length > 0);
  for (const { kill, wrongs } of wrong) {
    const percent = Math.round(kill.moment * 100);
    console.error(`Kill ${kill.number}: ${kill.signal} at ${percent} % of "${kill.victim}"`);
    for (const sentence of wrongs) console.error(`  ${sentence}`);
  }
  console.table(Object.fromEntries(victims.map((victim) => [victim, rowOf(victim)])));
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(
    `${verdicts.length} ${cancellations > 0 ? 'cancellations' : 'kills'} with seed ${seed} in ${seconds} s, ${again} ended once more alone, ${wrong.length} wrong.`,
  );
  if (wrong.length > 0 || verdicts.length !== count) process.exitCode = 1;
}

function rowOf(victim: string): Readonly<Record<string, number>> {
  const own = verdicts.filter(({ kill }) => kill.victim === victim);
  const heeded = own.filter(({ kill }) => kill.signal !== 'SIGKILL');
  const number = (matches: (verdict: Verdict) => boolean): number => own.filter(matches).length;
  return {
    kills: own.length,
    'over before': number(({ wasOver }) => wasOver),
    'answer came in': number(({ hadAnswer }) => hadAnswer),
    saved: number(({ wasSaved }) => wasSaved),
    'next run silent': number(({ nextIsSilent }) => nextIsSilent),
    'longest end, ms': Math.round(Math.max(0, ...heeded.map(({ endedAfter }) => endedAfter))),
    wrong: number(({ wrongs }) => wrongs.length > 0),
  };
}
