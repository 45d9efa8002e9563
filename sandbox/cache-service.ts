/**
 * An embedded cache service that speaks the protocol of GitHub's, version 2, to the real `@actions/cache`.
 *
 * Names of its endpoints in a fault plan: `create`, `upload`, `finalize`, `lookup`, `download`.
 */
import { createServer } from 'node:http';
import { SignedUrls } from './cache-service/blob-storage.ts';
import { archiveFiles, type PlantedFiles } from './cache-service/cache-client.ts';
import { type CacheEntry, EntryStore } from './cache-service/entry-store.ts';
import {
  type CacheRequest,
  type CacheServiceMode,
  type CacheServiceState,
  handleRequest,
} from './cache-service/request-handler.ts';
import { type CacheScope, RuntimeTokens } from './cache-service/runtime-tokens.ts';
import { FaultPlan } from './faults.ts';

export type { CacheEntry } from './cache-service/entry-store.ts';
export type { CacheEndpoint, CacheRequest, CacheServiceMode } from './cache-service/request-handler.ts';
export type { CacheScope } from './cache-service/runtime-tokens.ts';

export class CacheService implements AsyncDisposable {
  /** Base address, with a slash at the end like the platform's. */
  readonly url: string;
  readonly #state: CacheServiceState;
  readonly #stop: () => Promise<void>;

  /** Use {@link startCacheService}. */
  constructor(url: string, state: CacheServiceState, stop: () => Promise<void>) {
    this.url = url;
    this.#state = state;
    this.#stop = stop;
  }

  get faults(): FaultPlan {
    return this.#state.faults;
  }

  /** Entries that were saved to the end, oldest first. */
  get entries(): readonly CacheEntry[] {
    return this.#state.store.entries;
  }

  get requests(): readonly CacheRequest[] {
    return this.#state.requests;
  }

  /** What the answers, and {@link env}, go by from now on. */
  get mode(): CacheServiceMode {
    return this.#state.mode;
  }

  set mode(mode: CacheServiceMode) {
    this.#state.mode = mode;
  }

  /**
   * A runtime token. Scopes stand in the order they are searched: own branch, base, default branch. The first
   * that may be written takes the new entries; no scope at all is a job that may not even read.
   */
  token({
    scopes = [{ ref: 'refs/heads/main', permission: 'read-write' }],
  }: {
    readonly scopes?: readonly CacheScope[];
  } = {}): string {
    return this.#state.tokens.issue(scopes);
  }

  /**
   * The environment variables by which the runner tells an action of the service.
   *
   * Where `https_proxy` is set, set `no_proxy` to `127.0.0.1` as well: the client sends an upload through that
   * proxy although it is plain HTTP to the loopback interface.
   */
  env(token: string = this.token()): Record<string, string> {
    if (this.mode === 'absent') return {};
    return {
      // Port 1 is privileged and long out of use: nothing listens there.
      ACTIONS_RESULTS_URL: this.mode === 'unreachable' ? 'http://127.0.0.1:1/' : this.url,
      // The runner writes .NET's spelling of true.
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_RUNTIME_TOKEN: token,
    };
  }

  /** Puts an entry there as it is, in the place of one with the same key, version and scope. */
  plant(
    entry: Pick<CacheEntry, 'key' | 'version' | 'scope' | 'bytes'> & { readonly createdAt?: Date },
  ): CacheEntry {
    return this.#state.store.plant(entry);
  }

  /** Puts a well-formed entry there that holds these files, packed by the real client. */
  async plantFiles({
    key,
    scope = 'refs/heads/main',
    createdAt = new Date(),
    ...planted
  }: PlantedFiles & {
    readonly key: string;
    readonly scope?: string;
    readonly createdAt?: Date;
  }): Promise<CacheEntry> {
    // Packed by way of another service, so that faults and the request log of this one are not touched.
    await using packing = await startCacheService();
    await archiveFiles(planted, packing.env());
    const [packed] = packing.entries;
    if (!packed) throw new Error('The cache client did not save the planted files.');
    return this.plant({ key, version: packed.version, scope, bytes: packed.bytes, createdAt });
  }

  /** Swaps the archive of the entries with this key, as no client could. Returns how many there were. */
  replace(key: string, bytes: Buffer): number {
    return this.#state.store.replace(key, bytes);
  }

  /** Removes the entries with this key. Returns how many there were. */
  remove(key: string): number {
    return this.#state.store.remove(key);
  }

  /** Removes all entries and unfinished uploads. */
  clear(): void {
    this.#state.store.clear();
  }

  /** Ends at once, cutting whatever is under way. */
  async stop(): Promise<void> {
    await this.#stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
  }
}

/** Starts a cache service on a free port of the loopback interface. */
export async function startCacheService(): Promise<CacheService> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The cache service has no port.');
  const url = `http://127.0.0.1:${address.port}/`;
  const state: CacheServiceState = {
    mode: 'normal',
    faults: new FaultPlan(),
    store: new EntryStore(),
    tokens: new RuntimeTokens(),
    urls: new SignedUrls(url),
    requests: [],
  };
  server.on('request', (request, response) => {
    // A client that goes away while it sends is no failure of the service.
    handleRequest(state, request, response).catch(() => response.destroy());
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return new CacheService(url, state, stop);
}
