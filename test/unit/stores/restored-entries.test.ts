import assert from 'node:assert/strict';
import test from 'node:test';
import { sealRecord } from '../../../src/sealing/sign-in-record.ts';
import { openRestored } from '../../../src/stores/workflow-cache/restored-entries.ts';
import { alice, homeAccountId } from '../fakes/people.ts';
import { entryBinding, entryContext, keyOf } from '../fakes/record-context.ts';
import { smallCache } from '../fakes/small-cache.ts';

const context = entryContext(keyOf(1), keyOf(2));
const record = {
  cache: smallCache(alice),
  homeAccountId: homeAccountId(alice),
  refreshedAt: 1000,
  details: {},
};
const entry = async (byte: number) =>
  ({
    kind: 'hit',
    key: 'k',
    text: await sealRecord(record, { key: keyOf(byte), binding: entryBinding, now: 2000 }),
  }) as const;

test('an entry under the sealing key is what is held', async () => {
  const { records, current, warnings } = await openRestored([await entry(1), { kind: 'miss' }], context);

  assert.deepEqual([records.length, current?.refreshedAt, warnings], [1, 1000, []]);
});

test('an entry under an older key is a candidate, but not what is held: it is sealed anew', async () => {
  const { records, current } = await openRestored([{ kind: 'miss' }, await entry(2)], context);

  assert.deepEqual([records.length, current], [1, undefined]);
});

test('an entry that cannot be opened is ignored with its reason, without its text', async () => {
  const { text } = await entry(1);
  const changed = { kind: 'hit', key: 'k', text: `${text.slice(0, -4)}AAAA` } as const;

  const { records, current, warnings } = await openRestored([changed, await entry(2)], context);

  assert.deepEqual([records.length, current], [1, undefined]);
  assert.match(warnings.join(), /ignored: it was changed after it was sealed/);
});

test('a miss is not an outage, an outage is not a miss', async () => {
  const missed = await openRestored([{ kind: 'miss' }, { kind: 'miss' }], context);
  const failed = await openRestored([{ kind: 'miss' }, { kind: 'failed', reason: 'it is down' }], context);

  assert.deepEqual([missed.unreadable, failed.unreadable], [undefined, 'it is down']);
});
