/** A stored sign-in of its own in a sandbox that others share, put back after each run that was ended. */
import { randomBytes } from 'node:crypto';
import { alice } from '../../sandbox/authority/directory.ts';
import type { IssuedSecret } from '../../sandbox/authority/secrets.ts';
import type { CacheEntry } from '../../sandbox/cache-service.ts';
import type { ActionRun } from '../../sandbox/runner/action-run.ts';
import { schedule, type WorkflowEvent, workflowDispatch } from '../../sandbox/runner/events.ts';
import type { RunningAction } from '../../sandbox/runner/running-action.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { shownCode } from '../e2e/scenario.ts';
import type { Victim } from './plan.ts';

/** A run under way, and the person who signs in to it, if one does. */
export interface StartedVictim {
  readonly running: RunningAction;
  /** Resolves when the person has done what they came for, or the run ended before. */
  readonly person: Promise<void>;
}

export class Lane {
  readonly encryptionKey = randomBytes(32).toString('base64');
  /** Milliseconds that an undisturbed run takes. */
  readonly durations = { refresh: 0, 'sign-in': 0 };
  /** What Entra gave out for the sign-in that is stored. */
  secrets: readonly IssuedSecret[] = [];
  readonly #sandbox: Sandbox;
  #stored: CacheEntry | undefined;
  /** What the last silent run saved: where each use of a refresh token revokes it, only this entry still works. */
  #newest: CacheEntry | undefined;
  #prefix = '';

  private constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /** Signs in once. No other lane may be opened meanwhile. */
  static async open(sandbox: Sandbox): Promise<Lane> {
    const lane = new Lane(sandbox);
    await lane.#open();
    return lane;
  }

  /** What the workflow cache holds for this lane. */
  get entries(): readonly CacheEntry[] {
    return this.#sandbox.cacheService.entries.filter(({ key }) => key.startsWith(this.#prefix));
  }

  /** Puts the workflow cache back to the first sign-in, or to none. Where that one was revoked, a later one takes its place. */
  async reset(isSignedIn: boolean): Promise<void> {
    const { authority, cacheService } = this.#sandbox;
    for (const { key } of this.entries) cacheService.remove(key);
    if (!isSignedIn) return;
    const entry = authority.settings.rotateAndRevoke ? this.#newest : this.#stored;
    if (entry) cacheService.plant(entry);
    else await this.#timeOf('sign-in');
  }

  async start(victim: Victim): Promise<StartedVictim> {
    const isForced = victim === 'forced sign-in';
    const event = victim === 'refresh' ? schedule() : workflowDispatch();
    const running = await this.#start(event, isForced ? { 'sign-in': 'force' } : {});
    const signsIn = victim === 'sign-in' || isForced;
    return { running, person: signsIn ? this.#signIn(running) : Promise.resolve() };
  }

  /** The next scheduled run. */
  async nextRun(): Promise<ActionRun> {
    const { authority } = this.#sandbox;
    const issuedBefore = authority.secrets.length;
    const running = await this.#start(schedule());
    const run = await running.finished;
    await running.dispose();
    if (authority.settings.rotateAndRevoke) {
      this.#newest = run.outputs['saved-to'] ? this.entries.at(-1) : undefined;
      this.secrets = authority.secrets.slice(issuedBefore);
    }
    return run;
  }

  async #open(): Promise<void> {
    const { secrets } = this.#sandbox.authority;
    const issuedBefore = secrets.length;
    const countBefore = this.#sandbox.cacheService.entries.length;
    this.durations['sign-in'] = await this.#timeOf('sign-in');
    this.secrets = secrets.slice(issuedBefore);
    this.#stored = this.#sandbox.cacheService.entries[countBefore];
    if (!this.#stored) throw new Error('The first sign-in was not saved.');
    // The key ends in run id, attempt and a random part.
    this.#prefix = this.#stored.key.split('-').slice(0, -3).join('-');
    this.durations.refresh = await this.#timeOf('refresh');
  }

  #start(event: WorkflowEvent, inputs: Readonly<Record<string, string>> = {}): Promise<RunningAction> {
    return this.#sandbox.start(event, {
      inputs: { ...inputs, 'encryption-key': this.encryptionKey },
      secrets: [this.encryptionKey],
    });
  }

  async #signIn(running: RunningAction): Promise<void> {
    const code = await shownCode(running).catch(() => undefined);
    if (code !== undefined) await this.#sandbox.authority.signIn(code, alice.username);
  }

  async #timeOf(victim: 'refresh' | 'sign-in'): Promise<number> {
    const { running } = await this.start(victim);
    const run = await running.finished;
    await running.dispose();
    if (run.conclusion !== 'success') throw new Error(run.log.join('\n'));
    return run.durationMilliseconds;
  }
}
