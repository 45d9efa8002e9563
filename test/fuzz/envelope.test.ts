import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EnvelopeError, open, seal } from '../../src/cache/envelope.ts';
import { binding, keyOf } from '../unit/fakes/record-context.ts';
import { jwe, refusalOf, sealed, type } from '../unit/fakes/sealed.ts';
import { property } from './property.ts';

const named = /^(truncated|tampered|wrong-key|wrong-type|unknown-version|other-client|other-authority)$/;
const date = fc.nat({ max: 8_640_000_000_000 });

property(
  'what was sealed comes back as it was, under whichever key sealed it',
  fc.record({
    contents: fc.jsonValue(),
    key: fc.integer({ min: 1, max: 9 }),
    sealedAt: date,
    refreshedAt: date,
  }),
  async ({ contents, key, sealedAt, refreshedAt }) => {
    const text = await seal(type, keyOf(key), binding, contents, { sealedAt, refreshedAt });
    const keys = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(keyOf);
    const expected = JSON.parse(
      JSON.stringify({ contents, sealedAt, refreshedAt, keyId: keyOf(key).id }),
    ) as unknown;
    assert.deepEqual(JSON.parse(JSON.stringify(await open(type, keys, binding, text))), expected);
  },
);

property(
  'one character changed, removed or put in is refused by name',
  fc.record({
    // The last character has bits that no byte uses.
    at: fc.oneof(fc.nat({ max: sealed.length - 1 }), fc.constant(sealed.length - 1)),
    remove: fc.integer({ min: 0, max: 1 }),
    insert: fc
      .oneof(fc.string({ unit: 'binary', maxLength: 1 }), fc.base64String({ minLength: 4, maxLength: 4 }))
      .map((text) => text.slice(0, 1)),
  }),
  async ({ at, remove, insert }) => {
    const changed = sealed.slice(0, at) + insert + sealed.slice(at + remove);
    if (changed !== sealed) assert.match(await refusalOf(changed), named);
  },
);

property(
  'a part cut out, however long, is refused by name',
  fc.tuple(fc.nat({ max: sealed.length }), fc.nat({ max: sealed.length })),
  async ([one, other]) => {
    const [start, end] = one < other ? [one, other] : [other, one];
    if (start !== end) assert.match(await refusalOf(sealed.slice(0, start) + sealed.slice(end)), named);
  },
);

property(
  'any text at all is refused by name',
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.base64String({ maxLength: 40 }), { minLength: 3, maxLength: 7 })
      .map((parts) => parts.join('.')),
    fc
      .string({ unit: 'binary', maxLength: 20 })
      .map((end) => `${sealed.slice(0, sealed.indexOf('.'))}.${end}`),
  ),
  async (text) => assert.match(await refusalOf(text), named),
);

property(
  'a payload by somebody who has the key is opened, or refused by name',
  fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        version: fc.oneof(fc.constant(1), fc.jsonValue()),
        clientId: fc.oneof(fc.constant(binding.clientId), fc.jsonValue()),
        authority: fc.oneof(fc.constant(binding.authority), fc.jsonValue()),
        sealedAt: fc.jsonValue(),
        refreshedAt: fc.jsonValue(),
        contents: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
  ),
  async (payload) => {
    const text = await jwe({ typ: type, kid: keyOf(1).id }, payload);
    const opened = await open(type, [keyOf(1)], binding, text).catch((error: unknown) => error);
    if (opened instanceof EnvelopeError) return assert.match(opened.code, named);
    if (opened instanceof Error) throw opened;
    const { sealedAt, refreshedAt } = opened as Awaited<ReturnType<typeof open>>;
    assert.ok(
      Number.isFinite(sealedAt) && Number.isFinite(refreshedAt),
      'a date that is none was let through',
    );
  },
);
