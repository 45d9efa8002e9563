import assert from 'node:assert/strict';
import test from 'node:test';
import { sealRecord } from '../../../src/sealing/sign-in-record.ts';
import { openRestored } from '../../../src/stores/candidates.ts';
import { alice, homeAccountId } from '../fakes/people.ts';
import { entryBinding, entryContext, keyOf } from '../fakes/record-context.ts';
import { smallCache } from '../fakes/small-cache.ts';

const context = entryContext(keyOf(1), keyOf(2));
const kept = {
  cache: smallCache(alice),
  homeAccountId: homeAccountId(alice),
  refreshedAt: 1000,
  details: {},
};
const entry = async (byte: number) =>
  ({ is: 'hit', key: 'k', text: await sealRecord(kept, keyOf(byte), entryBinding, 2000) }) as const;

test('an entry under the sealing key is what is held', async () => {
  const { found, held, warnings } = await openRestored([await entry(1), { is: 'miss' }], context);

  assert.deepEqual([found.length, held?.refreshedAt, warnings], [1, 1000, []]);
});

test('an entry under an older key is a candidate, but not what is held: it is sealed anew', async () => {
  const { found, held } = await openRestored([{ is: 'miss' }, await entry(2)], context);

  assert.deepEqual([found.length, held], [1, undefined]);
});

test('an entry that cannot be opened is put aside with its reason, without its text', async () => {
  const { text } = await entry(1);
  const changed = { is: 'hit', key: 'k', text: `${text.slice(0, -4)}AAAA` } as const;

  const { found, held, warnings } = await openRestored([changed, await entry(2)], context);

  assert.deepEqual([found.length, held], [1, undefined]);
  assert.match(warnings.join(), /put aside: it was changed after it was sealed/);
});

test('a miss is not an outage, an outage is not a miss', async () => {
  const missed = await openRestored([{ is: 'miss' }, { is: 'miss' }], context);
  const failed = await openRestored([{ is: 'miss' }, { is: 'failed', reason: 'it is down' }], context);

  assert.deepEqual([missed.down, failed.down], [undefined, 'it is down']);
});
