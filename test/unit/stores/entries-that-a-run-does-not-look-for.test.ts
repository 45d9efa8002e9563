import assert from 'node:assert/strict';
import test from 'node:test';
import { describeOthers } from '../../../src/stores/workflow-cache/other-entries.ts';

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

test('the entry that was looked for, and could not be used, is nothing new', () => {
  assert.equal(told(entryOf(mine), undefined), undefined);
});
