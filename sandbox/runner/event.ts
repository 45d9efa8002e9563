/** What a workflow run knows of the event that started it. */
import type { CacheScope } from '../cache-service/runtime-tokens.ts';

export interface WorkflowEvent {
  /** `GITHUB_EVENT_NAME`. */
  readonly name: string;
  /** What the file at `GITHUB_EVENT_PATH` holds, as JSON. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Full ref, such as `refs/heads/main`. */
  readonly ref: string;
  /** Short ref, such as `main` or `7/merge`. */
  readonly refName: string;
  /** Branch of a pull request, else empty. */
  readonly headRef: string;
  /** Branch a pull request is to be merged into, else empty. */
  readonly baseRef: string;
  readonly sha: string;
  /** Who started the first attempt. */
  readonly actor: string;
  /** Who started this attempt. */
  readonly triggeringActor: string;
  readonly runId: number;
  readonly runNumber: number;
  /** 1, and one more for each re-run. */
  readonly runAttempt: number;
  /** `owner/name`. */
  readonly repository: string;
  readonly repositoryId: number;
  readonly repositoryOwnerId: number;
  readonly defaultBranch: string;
  /** What the platform lets such a run do with the caches, in the order they are searched. */
  readonly cacheScopes: readonly CacheScope[];
}
