import assert from 'node:assert/strict';
import test from 'node:test';
import { describeOthers, describeUnknown } from '../../../src/stores/workflow-cache/other-entries.ts';
import { plain } from '../../../src/text/plain-text.ts';

const prefix = 'entra-user-token-v1-0123456789abcdef0123-';
const mine = 'aaaaaaaaaaaaaaaa';
const other = 'bbbbbbbbbbbbbbbb';
const entryOf = (keyId: string): string => `${prefix}${keyId}-4711-1-abcdef012345`;

const told = (own: string | undefined, elsewhere: string | undefined, ownIs: 'gzip' | 'zstd' = 'zstd') =>
  describeOthers(
    [
      { compression: 'zstd', isOwn: ownIs === 'zstd', key: ownIs === 'zstd' ? own : elsewhere },
      { compression: 'gzip', isOwn: ownIs === 'gzip', key: ownIs === 'gzip' ? own : elsewhere },
    ],
    prefix,
    [mine],
  );

test('an entry under another key is reported as a question about the key', () => {
  assert.match(
    told(entryOf(other), undefined) ?? '',
    /^the workflow cache has an entry that is sealed with another key \(was encryption-key changed\?\)$/,
  );
});

test('an entry of the other compression is reported with what to install', () => {
  assert.match(
    told(undefined, entryOf(mine), 'gzip') ?? '',
    /packed with zstd, which this machine lacks \(install zstd\)$/,
  );
  assert.match(told(undefined, entryOf(mine), 'zstd') ?? '', /packed on a machine without zstd/);
});

test('an entry under another key and of the other compression is reported as both', () => {
  assert.match(told(undefined, entryOf(other), 'gzip') ?? '', /another key .*; .*install zstd/);
});

test('where no entry is seen, what cannot be seen is listed', () => {
  assert.match(
    told(undefined, undefined) ?? '',
    /no entry for this client-id, tenant, account, and cache-name/,
  );
  assert.match(told('somebody-elses-key', undefined) ?? '', /no entry for this/);
});

test('where only entries of another name are seen, that is a question about the inputs', () => {
  const ofOtherName = 'entra-user-token-v1-ffffffffffffffffffff-aaaaaaaaaaaaaaaa-4711-1-abcdef012345';
  assert.match(
    told(ofOtherName, undefined) ?? '',
    /^the workflow cache has an entry for another client-id, tenant, account, or cache-name \(was one of these changed\?\); /,
  );
});

test('where no entry is seen, what may have become of one is listed', () => {
  assert.match(
    told(undefined, undefined) ?? '',
    /nobody has signed in yet, GitHub removed .*, or .* on another branch$/,
  );
});

test('where entries could not be looked for, every cause is listed, unless the log has told one', () => {
  const every = describeUnknown({ warnings: [] }) ?? '';
  for (const cause of [
    'nobody has signed in',
    'removed',
    'branch',
    'encryption-key',
    'client-id',
    'tenant',
    'account',
    'cache-name',
  ])
    assert.ok(every.includes(cause), cause);
  assert.equal(describeUnknown({ warnings: [plain`It cannot be opened.`] }), undefined);
});

test('the entry that was looked for, and could not be used, is nothing new', () => {
  assert.equal(told(entryOf(mine), undefined), undefined);
});
