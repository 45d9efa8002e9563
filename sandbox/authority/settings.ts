/** What of the authority's behaviour a test can change while it runs. */
export interface AuthoritySettings {
  /** Seconds. Entra gives 60 to 90 minutes. */
  accessTokenLifetimeSeconds: number;
  /** Seconds. */
  deviceCodeLifetimeSeconds: number;
  /** The `interval` of a device code answer, in seconds; `undefined` leaves it out (RFC 8628: then it is 5). */
  intervalSeconds: number | undefined;
  /**
   * Whether a refresh token dies when it is used. Entra replaces it and lets the old one live on; other servers,
   * and Entra for some apps, do not.
   */
  rotateAndRevoke: boolean;
  /** The `refresh_in` of token answers, in seconds; `undefined` leaves it out. */
  refreshInSeconds: number | undefined;
  /** More requests than this in a second are answered with 429 and `Retry-After: 1`. */
  requestsPerSecond: number;
}

/** An interval of 1 s, where Entra has 5, so that nobody waits for nothing; the rest is as Entra has it. */
export function defaultSettings(): AuthoritySettings {
  return {
    accessTokenLifetimeSeconds: 4080,
    deviceCodeLifetimeSeconds: 900,
    intervalSeconds: 1,
    rotateAndRevoke: false,
    refreshInSeconds: undefined,
    requestsPerSecond: Number.POSITIVE_INFINITY,
  };
}
