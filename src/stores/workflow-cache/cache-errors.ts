/** Why the workflow cache could not be used, in this action's own words: what a server said is not repeated. */
export interface CacheError {
  readonly reason: string;
  /** It would fail again in this run: a refusal, or a fault of this machine. */
  readonly final?: boolean;
  /** The archive could not be packed or unpacked: the tools, or what is in it, but not the service. */
  readonly isArchive?: boolean;
}

/** What is known of a call of `@actions/cache` that came to nothing. */
export interface CacheCall {
  /** What the library printed, one text for each write. */
  readonly printed: readonly string[];
  /** The keys that were asked for. They hold digits by chance. */
  readonly keys: readonly string[];
  /** HTTP status of the last response, if there was one. */
  readonly lastStatus?: number | undefined;
}

/**
 * Finds out why a call of `@actions/cache` came to nothing. The library returns the same for a miss and an outage, and
 * what tells them apart is what it says of the failure: its warnings and errors, and three lines that it prints at other
 * levels. Nothing else counts: debug lines, addresses and keys hold "401" or "503" by chance.
 * @returns undefined when the library met no error: a miss
 */
export function cacheErrorIn({ printed, keys, lastStatus }: CacheCall): CacheError | undefined {
  const said = printed.flatMap((text) => statementOf(text, keys));
  if (said.length === 0) return undefined;
  const text = said.join('\n');
  return errorSaid(text) ?? errorOfStatus(lastStatus) ?? { reason: unknownError(text) };
}

/**
 * True when an entry was found, and what it names is not there any more: the entry is broken, and not the service. The
 * library begins to download, by whichever client, after the line in which it names the archive.
 */
export function isDownloadGone({ printed, lastStatus }: Omit<CacheCall, 'keys'>): boolean {
  const isDownload = printed.some((text) => /^::debug::Archive path: /im.test(text));
  return isDownload && (lastStatus === 404 || lastStatus === 410);
}

/** Why the library tries again by itself, if this is the line in which it says so. */
export function errorBetweenAttempts(text: string): CacheError | undefined {
  const said = /^Attempt \d+ of \d+ failed with error: (.*)$/m.exec(text)?.[1];
  return said === undefined ? undefined : (errorSaid(said) ?? { reason: unknownError(said) });
}

/** What a response with an error status says by its status alone. */
export function errorOfStatus(status: number | undefined): CacheError | undefined {
  if (status === undefined || status < 400) return undefined;
  if (status === 401)
    return { reason: 'the cache service did not accept the token of this run (401)', final: true };
  if (status === 429) return { reason: 'the cache service is limiting the rate of requests (429)' };
  if (status >= 500) return { reason: 'the cache service is failing (5xx)' };
  return { reason: `the cache service refused the request (${status})`, final: !passing.has(status) };
}

function unknownError(said: string): string {
  return /(?:Failed|Unable) to reserve cache/.test(said)
    ? 'the cache service did not accept the new entry'
    : 'the cache service could not be used';
}

/** Request Timeout, Conflict, Too Early: the next try may succeed. */
const passing = new Set([408, 409, 425]);

/**
 * The lines in which the library tells of a failure. It reports a failed reservation as a debug line, with its cause,
 * and as a plain one without it; `cache-mode` in a plain one.
 */
const statements = [
  /^::(?:warning|error)[^:]*::(.*)/s,
  /^::debug::(Failed to reserve cache: .*)/s,
  /^(Failed to save: .*)/s,
  /^(Cache (?:restore|save) skipped: .*)/s,
];

function statementOf(text: string, keys: readonly string[]): readonly string[] {
  const said = statements.map((form) => form.exec(text)?.[1]).find((found) => found !== undefined);
  if (said === undefined) return [];
  const withoutKeys = keys.reduce((rest, key) => rest.replaceAll(key, '<key>'), said);
  return [withoutKeys.replace(/\bhttps?:\/\/[^\s'"]+/gi, '<URL>')];
}

const noRead = 'this run may not read the workflow cache (cache-mode, or the event)';
const noWrite = 'this run may not write to the workflow cache (cache-mode, or the event)';
const final = true;

type Sign = readonly [RegExp, (found: string) => CacheError | undefined];

/** The library's own texts, in the order in which they are looked for, each with what it means. */
const signs: readonly Sign[] = [
  [/cache read denied:|does not permit reads/, () => ({ reason: noRead, final })],
  [/cache write denied:|does not permit writes/, () => ({ reason: noWrite, final })],
  [
    /Cache storage quota has been hit|is over the (?:10GB|data cap) limit/,
    () => ({ reason: 'the storage for workflow caches is full', final }),
  ],
  [
    / failed with error: (?:The process |There was an error when |Unable to locate )|^Failed to (?:restore|save): Unable to locate executable file/m,
    () => ({ reason: 'the archive could not be packed or unpacked', final, isArchive: true }),
  ],
  [
    /^Failed to (?:restore|save): (E[A-Z]{3,}): /m,
    (code) => ({ reason: `a file could not be written in RUNNER_TEMP (${code})`, final }),
  ],
  [/Rate limited: |^You've hit a rate limit/m, () => errorOfStatus(429)],
  [
    /(?:Failed request: \(|Cache service responded with |upload failed with status code )(\d{3})\b/,
    (status) => errorOfStatus(Number(status)),
  ],
  [
    /tunneling socket could not be established, statusCode=(\d{3})\b/,
    (status) => ({
      reason: `the proxy did not connect to the cache service (${status})`,
      final: Number(status) < 500,
    }),
  ],
  [
    /\b(E(?:CONN|HOST|NET|TIMEDOUT|NOTFOUND|AI_|PIPE|PROTO)[A-Z_]*)\b/,
    (code) => ({ reason: `the cache service could not be reached (${code})` }),
  ],
  [
    /self-signed certificate|unable to (?:verify the first|get (?:local )?issuer) certificate|certificate has expired|does not match certificate's altnames/,
    () => ({
      reason: 'the certificate of the cache service is not trusted (see NODE_EXTRA_CA_CERTS)',
      final,
    }),
  ],
  [
    /: (?:aborted|Premature close|Incomplete download\. Expected)/,
    () => ({ reason: 'the download from the cache service was cut off' }),
  ],
  [
    /Unable to get the ACTIONS_RUNTIME_TOKEN/,
    () => ({ reason: 'the runner gave no token for the cache service (ACTIONS_RUNTIME_TOKEN)', final }),
  ],
  [
    /: Invalid URL|Cache Service Url not found/,
    () => ({
      reason: 'the address of the cache service is not a URL (ACTIONS_RESULTS_URL, ACTIONS_CACHE_URL)',
    }),
  ],
];

function errorSaid(said: string): CacheError | undefined {
  for (const [sign, meaning] of signs) {
    const match = sign.exec(said);
    const error = match && meaning(match[1] ?? '');
    if (error) return error;
  }
  return undefined;
}
