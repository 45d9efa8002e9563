import assert from 'node:assert/strict';
import fc from 'fast-check';
import { openPendingSignIn, sealPendingSignIn } from '../../src/sealing/pending-sign-in.ts';
import { pendingBinding, refusalOfPending, sealedPending } from '../unit/fakes/pending.ts';
import { keyOf } from '../unit/fakes/record-context.ts';
import { property } from './property.ts';

const named =
  /^(truncated|tampered|wrong-key|wrong-type|unknown-version|other-client|other-authority|other-run|other-account|other-scopes)$/;

property(
  'what was sealed as a pending sign-in comes back as it was, and never looks like a JWT',
  fc.record({ contents: fc.jsonValue(), key: fc.integer({ min: 1, max: 9 }) }),
  async ({ contents, key }) => {
    const text = await sealPendingSignIn(contents, { key: keyOf(key), binding: pendingBinding, now: 1 });
    assert.ok(!text.includes('eyJ'));
    const keys = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(keyOf);
    const opened = await openPendingSignIn(text, keys, pendingBinding);
    assert.deepEqual(JSON.parse(JSON.stringify(opened)), JSON.parse(JSON.stringify(contents)));
  },
);

property(
  'one character of a pending sign-in changed, removed or put in is refused by name',
  fc.record({
    at: fc.oneof(fc.nat({ max: sealedPending.length - 1 }), fc.constant(sealedPending.length - 1)),
    remove: fc.integer({ min: 0, max: 1 }),
    insert: fc
      .oneof(
        fc.string({ unit: 'binary', maxLength: 1 }),
        fc.base64String({ minLength: 4, maxLength: 4 }),
        fc.constant('~'),
      )
      .map((text) => text.slice(0, 1)),
  }),
  async ({ at, remove, insert }) => {
    const changed = sealedPending.slice(0, at) + insert + sealedPending.slice(at + remove);
    if (changed !== sealedPending) assert.match((await refusalOfPending(changed)) ?? 'opened', named);
  },
);

property(
  'any text at all in place of a pending sign-in is refused by name',
  fc
    .tuple(fc.boolean(), fc.string({ unit: 'binary' }))
    .map(([prefixed, text]) => (prefixed ? `entra-user-token-pending.${text}` : text)),
  async (text) => assert.match((await refusalOfPending(text)) ?? 'opened', named),
);
