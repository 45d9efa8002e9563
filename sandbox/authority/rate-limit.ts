import type { AuthoritySettings } from './settings.ts';

/** Counts requests in seconds of the clock on the wall, since that is how a limit is usually kept. */
export class RateLimit {
  readonly #settings: AuthoritySettings;
  #second = 0;
  #count = 0;

  constructor(settings: AuthoritySettings) {
    this.#settings = settings;
  }

  /** Counts one request more, and says whether it is one too many. */
  isExceeded(): boolean {
    const second = Math.floor(Date.now() / 1000);
    this.#count = second === this.#second ? this.#count + 1 : 1;
    this.#second = second;
    return this.#count > this.#settings.requestsPerSecond;
  }
}
