/** Ends one run as its plan says, and judges what came of it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { IssuedSecret } from '../../sandbox/authority/secrets.ts';
import { findLeaks, findLeaksIn } from '../../sandbox/leaks.ts';
import type { ActionRun } from '../../sandbox/runner/action-run.ts';
import type { RunningAction } from '../../sandbox/runner/running-action.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { shownCode } from '../e2e/scenario.ts';
import { secretOutputs } from '../e2e/secret-outputs.ts';
import type { Lane } from './lane.ts';
import { heldBack, type Kill } from './plan.ts';

export interface Verdict {
  readonly kill: Kill;
  /** The run was over before the signal came. */
  readonly wasOver: boolean;
  /** Milliseconds from the signal to the end of the run. */
  readonly endedAfter: number;
  /** A new refresh token had come in when the run ended, or would have if it was waited for. */
  readonly hadAnswer: boolean;
  readonly wasSaved: boolean;
  readonly nextIsSilent: boolean;
  /** It ended later than it may. */
  readonly isLate: boolean;
  /** What must not be, one sentence each. */
  readonly wrongs: readonly string[];
}

/** What was seen of a run that was ended, and of the one after it. */
interface Seen extends Omit<Verdict, 'isLate' | 'wrongs'> {
  readonly run: ActionRun;
  readonly next: ActionRun;
  readonly wasSignedIn: boolean;
  readonly leaks: readonly string[];
}

/** Longest time that a cancelled run may take while it waits, and while it finishes a save. */
const longestWait = 1_000;
const longestSave = 7_500;
/** How long a run is left waiting for the person who never comes. */
const longestStay = 600;
/** Runs that share a processor take so many times longer than the one that was timed. */
const sideBySide = 1.4;

export async function endRun(kill: Kill, lane: Lane, sandbox: Sandbox): Promise<Verdict> {
  const seen = await observe(kill, lane, sandbox);
  return { ...seen, isLate: isLate(seen), wrongs: [...wrongsOf(seen)] };
}

async function observe(kill: Kill, lane: Lane, sandbox: Sandbox): Promise<Seen> {
  const { authority } = sandbox;
  const wasSignedIn = kill.victim === 'refresh' || kill.victim === 'forced sign-in';
  await lane.reset(wasSignedIn);
  const keysBefore = new Set(lane.entries.map(({ key }) => key));
  const issuedBefore = authority.secrets.length;
  const issued = () => authority.secrets.slice(issuedBefore);
  if (kill.isAnswerOnItsWay) holdBackAnswers(sandbox);

  const { running, person } = await lane.start(kill.victim);
  const moment = momentOf(kill, lane, running, () => issued().some(isRefreshToken)).then(
    () => false,
    () => true,
  );
  const wasOver = await Promise.race([moment, running.finished.then(() => true)]);
  const signalledAt = performance.now();
  running.signal(kill.signal);
  const [run] = await Promise.all([running.finished, person]);
  const endedAfter = performance.now() - signalledAt;

  if (kill.isAnswerOnItsWay) authority.faults.clear();

  const saved = lane.entries.filter(({ key }) => !keysBefore.has(key));
  const secrets = [{ kind: 'encryption-key', value: lane.encryptionKey }, ...lane.secrets, ...issued()];
  const cached = saved.map(({ key, bytes }) => ({ place: key, content: Buffer.from(bytes) }));
  const leaks = [...findLeaks(secrets, run, { secretOutputs }), ...findLeaksIn(secrets, cached)];
  const next = await lane.nextRun();
  await running.dispose();
  return {
    kill,
    run,
    next,
    wasSignedIn,
    endedAfter,
    wasOver,
    hadAnswer: issued().some(
      (secret) => isRefreshToken(secret) && (kill.isAnswerOnItsWay || run.masks.includes(secret.value)),
    ),
    wasSaved: saved.length > 0,
    nextIsSilent: next.conclusion === 'success',
    leaks: leaks.map(({ kind, form, place }) => `${kind} (${form}) in ${place}`),
  };
}

function isRefreshToken({ kind }: IssuedSecret): boolean {
  return kind === 'refresh_token';
}

/** Entra acts upon token requests at once, and lets them wait for the answer. */
function holdBackAnswers({ authority }: Sandbox): void {
  const late = { kind: 'delay-after', milliseconds: heldBack } as const;
  authority.faults.add('token', late, { times: Number.POSITIVE_INFINITY });
}

/** Waits until it is time: for a run that waits for a person, counted from when the code is shown. */
async function momentOf(
  { victim, moment, isAnswerOnItsWay }: Kill,
  { durations }: Lane,
  running: RunningAction,
  isIssued: () => boolean,
): Promise<void> {
  if (isAnswerOnItsWay) {
    let isOver = false;
    void running.finished.finally(() => {
      isOver = true;
    });
    while (!isIssued() && !isOver) await pause(5);
    await pause(moment * heldBack);
  } else if (victim === 'waiting') {
    await shownCode(running);
    await pause(moment * longestStay);
  } else {
    await pause(moment * sideBySide * durations[victim === 'refresh' ? 'refresh' : 'sign-in']);
  }
}

function* wrongsOf(seen: Seen): Generator<string> {
  yield* wrongWithNextRun(seen);
  for (const leak of seen.leaks) yield `in clear: ${leak}`;
  if (seen.kill.signal !== 'SIGKILL') yield* wrongWithEnd(seen);
}

function* wrongWithNextRun({ run, next, nextIsSilent, wasSignedIn }: Seen): Generator<string> {
  if (nextIsSilent) return;
  if (wasSignedIn) yield `the next run is not silent: ${told(next)}`;
  else if (next.outputs['error-code'] !== 'sign-in-needed')
    yield `the next run fails otherwise than the one before: ${told(next)}`;
  if (run.conclusion === 'success') yield 'the run succeeded, and the next is not silent';
}

function* wrongWithEnd(seen: Seen): Generator<string> {
  const { kill, run, hadAnswer, wasSaved, endedAfter } = seen;
  if (hadAnswer && !wasSaved) yield `an answer came in and was not saved: ${told(run)}`;
  if (run.leftovers.length > 0)
    yield `left behind: ${run.leftovers.map(({ folder, path }) => `${folder}/${path}`).join(', ')}`;
  if (run.exitCode === 0 && !hadAnswer) yield 'it ended with code 0 though it had no new token';
  if (!isEndOf(run))
    yield `it ended with ${run.exitCode} and the outputs ${Object.keys(run.outputs).join(', ')}`;
  if (kill.victim === 'waiting' && run.exitCode !== 1) yield `it ended with ${run.exitCode} while it waited`;
  if (isLate(seen)) yield `it took ${Math.round(endedAfter)} ms to end`;
}

/**
 * Exit code 0 with a token, another one with none. While Node ends a process, signals do again what they do without a
 * listener: one that comes in these milliseconds ends the process itself, after all that the run had to do.
 */
function isEndOf({ exitCode, outputs }: ActionRun): boolean {
  const hasToken = 'access-token' in outputs;
  const endedBySignal = exitCode === null;
  return endedBySignal ? hasToken === 'saved-to' in outputs : hasToken === (exitCode === 0);
}

// What a process does that is killed outright is not its own to choose.
function isLate({ kill, hadAnswer, endedAfter }: Seen): boolean {
  return kill.signal !== 'SIGKILL' && endedAfter > (hadAnswer ? longestSave : longestWait);
}

function told(run: ActionRun): string {
  return run.log.slice(-6).join(' | ');
}
