import assert from 'node:assert/strict';
import test from 'node:test';
import {
  cacheErrorIn,
  errorBetweenAttempts,
  errorOfStatus,
} from '../../../src/stores/workflow-cache/cache-errors.ts';

const key = 'entra-user-token-v1-0123456789abcdef0123-429503401abcdef0-401-1-429503abcdef';

const reasonOf = (printed: readonly string[], lastStatus?: number): string | undefined =>
  cacheErrorIn({ printed, keys: [key], lastStatus })?.reason;
const isFinal = (printed: readonly string[]): boolean =>
  cacheErrorIn({ printed, keys: [key] })?.final === true;

/** What @actions/cache 6.3.0 prints on the way to an ordinary miss, with numbers that look like a status. */
const debugLines = [
  '::debug::Cache service version: v2\n',
  '::debug::Resolved Keys:\n',
  `::debug::["${key}"]\n`,
  '::debug::[Request] GetCacheEntryDownloadURL http://cache.example:503/twirp/github.actions.results.api.v1.CacheService/GetCacheEntryDownloadURL\n',
  '::debug::[Response] - 200\n',
  '::debug::Headers: {%0A  "content-length": "500",%0A  "x-request-id": "401"%0A}\n',
  `::debug::Cache not found for version 429 of keys: ${key}\n`,
];

test('what is printed on the way to a miss is no trouble, whatever the port, the key and the headers hold', () => {
  assert.equal(cacheErrorIn({ printed: debugLines, keys: [key], lastStatus: 200 }), undefined);
});

for (const [said, reason, final] of [
  [
    'Failed to restore: Failed to GetCacheEntryDownloadURL: Received non-retryable error: Failed request: (401) Unauthorized: invalid token',
    'the cache service did not accept the token of this run (401)',
    true,
  ],
  [
    'Failed to restore: Failed to GetCacheEntryDownloadURL: Received non-retryable error: Failed request: (400) Bad Request: see 503',
    'the cache service refused the request (400)',
    true,
  ],
  [
    'Failed to restore: Failed to GetCacheEntryDownloadURL: Rate limited: Failed request: (429) Too Many Requests: rate limit exceeded',
    'the cache service is limiting the rate of requests (429)',
    false,
  ],
  [
    'Failed to restore: Failed to GetCacheEntryDownloadURL: Failed to make request after 5 attempts: Failed request: (503) Service Unavailable',
    'the cache service is failing (5xx)',
    false,
  ],
  ['Failed to restore: Cache service responded with 502', 'the cache service is failing (5xx)', false],
  [
    'Failed to restore: getCacheEntry failed: Cache service responded with 503',
    'the cache service is failing (5xx)',
    false,
  ],
  [
    'Failed to restore: downloadCache failed: connect ECONNREFUSED 127.0.0.1:503',
    'the cache service could not be reached (ECONNREFUSED)',
    false,
  ],
  [
    'Failed to restore: Failed to GetCacheEntryDownloadURL: Unable to make request: ENOTFOUND%0AIf you are using self-hosted runners, please make sure your runner has access to all GitHub endpoints: https://docs.github.com/429',
    'the cache service could not be reached (ENOTFOUND)',
    false,
  ],
  ['Failed to restore: aborted', 'the download from the cache service was cut off', false],
  [
    'Failed to restore: Incomplete download. Expected file size: 503, actual file size: 401',
    'the download from the cache service was cut off',
    false,
  ],
  [
    `Failed to restore: Failed to GetCacheEntryDownloadURL: Received non-retryable error: Failed request: (403) Forbidden: cache read denied: token has no readable scopes`,
    'this run may not read the workflow cache (cache-mode, or the event)',
    true,
  ],
  [
    `Failed to save: Unable to reserve cache with key ${key}. More details: cache write denied: token has no writable scopes`,
    'this run may not write to the workflow cache (cache-mode, or the event)',
    true,
  ],
  [
    'Failed to restore: tunneling socket could not be established, statusCode=407',
    'the proxy did not connect to the cache service (407)',
    true,
  ],
  [
    'Failed to restore: Failed to GetCacheEntryDownloadURL: Failed to make request after 5 attempts: self-signed certificate in certificate chain',
    'the certificate of the cache service is not trusted (see NODE_EXTRA_CA_CERTS)',
    true,
  ],
  [
    'Failed to restore: Unable to get the ACTIONS_RUNTIME_TOKEN env variable',
    'the runner gave no token for the cache service (ACTIONS_RUNTIME_TOKEN)',
    true,
  ],
  [
    "Failed to restore: ENOSPC: no space left on device, mkdir '/tmp/429'",
    'a file could not be written in RUNNER_TEMP (ENOSPC)',
    true,
  ],
  ['Failed to restore: something new', 'the cache service could not be used', false],
] as const) {
  test(`"${said.slice(0, 90)}" is reported as: ${reason}`, () => {
    for (const level of ['warning', 'error']) {
      const printed = [...debugLines, `::${level}::${said}\n`];
      assert.deepEqual([reasonOf(printed), isFinal(printed)], [reason, final]);
    }
  });
}

test('a save that was refused is reported with the line that names the cause, not by what the key holds', () => {
  const without = `Failed to save: Unable to reserve cache with key ${key}, another job may be creating this cache.\n`;
  const cause = (text: string): readonly string[] => [
    `::debug::Failed to reserve cache: Error: Failed to CreateCacheEntry: ${text}\n`,
    without,
  ];
  assert.equal(reasonOf([without]), 'the cache service did not accept the new entry');
  assert.equal(
    reasonOf(cause('Received non-retryable error: Failed request: (401) Unauthorized: invalid token')),
    'the cache service did not accept the token of this run (401)',
  );
  assert.equal(
    reasonOf(cause('Cache storage quota has been hit. Unable to upload any new cache entries.')),
    'the storage for workflow caches is full',
  );
  assert.equal(isFinal(cause('Cache storage quota has been hit.')), true);
});

test('cache-mode is a lasting refusal in both directions', () => {
  for (const [line, reason] of [
    ["Cache restore skipped: the effective cache-mode 'write-only' does not permit reads.\n", /may not read/],
    ["Cache save skipped: the effective cache-mode 'read' does not permit writes.\n", /may not write/],
  ] as const) {
    assert.match(reasonOf([line]) ?? '', reason);
    assert.equal(isFinal([line]), true);
  }
});

test('a failure of tar is told apart from one of the service', () => {
  for (const said of [
    `::warning::Failed to restore: "/usr/bin/tar" failed with error: The process '/usr/bin/tar' failed with exit code 2\n`,
    `::warning::Failed to save: "C:\\Program failed with error: The process 'C:\\Program Files\\Git\\usr\\bin\\tar.exe' failed with exit code 2\n`,
    '::warning::Failed to restore: Unable to locate executable file: tar. Please verify either the file path exists\n',
  ]) {
    const trouble = cacheErrorIn({ printed: [said], keys: [key] });
    assert.deepEqual([trouble?.isArchive, trouble?.final], [true, true]);
  }
});

test('where the library gives no status, that of the last response counts', () => {
  const said = [`::warning::Failed to restore: Unexpected token '<', "<html>" is not valid JSON\n`];
  assert.equal(reasonOf(said, 503), 'the cache service is failing (5xx)');
  assert.equal(reasonOf(said, 200), 'the cache service could not be used');
});

test('what tar prints, and what an archive holds, is nothing that the library says', () => {
  assert.equal(
    reasonOf(['tar: x: Cannot open\n::error::Failed to restore: Cache service responded with 503\n']),
    undefined,
  );
});

test('an attempt after which there is another says why the service makes the run wait', () => {
  const line =
    'Attempt 1 of 5 failed with error: Failed request: (503) Service Unavailable. Retrying request in 3000 ms...\n';
  assert.equal(errorBetweenAttempts(line)?.reason, 'the cache service is failing (5xx)');
  assert.equal(errorBetweenAttempts(`::debug::${key}\n`), undefined);
});

test('a status that may pass is not final', () => {
  const final = [401, 403, 404, 408, 409, 425, 429, 500, 503].filter(
    (status) => errorOfStatus(status)?.final,
  );
  assert.deepEqual(final, [401, 403, 404]);
});
