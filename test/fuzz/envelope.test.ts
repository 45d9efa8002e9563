import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type EntryBinding, EnvelopeError, open, seal } from '../../src/sealing/envelope.ts';
import { binding, entryBinding, keyOf } from '../unit/fakes/record-context.ts';
import { jwe, refusalOf, sealedEntry as sealed, type } from '../unit/fakes/sealed.ts';
import { property } from './property.ts';

const named =
  /^(truncated|tampered|wrong-key|wrong-type|unknown-version|other-client|other-authority|not-bound|other-account|other-cache-name|other-repository)$/;
const date = fc.nat({ max: 8_640_000_000_000 });
const text = fc.string({ unit: 'binary', maxLength: 40 });
const entry = fc.record({
  clientId: text,
  authority: text,
  account: text,
  cacheName: text,
  repository: fc.record({ server: text, id: text, name: text }),
});
const details = fc.record(
  {
    signedInAt: date,
    longestLifetime: date,
    pinned: fc.record({ name: text, id: text }),
    tenant: text,
    discovery: fc.record({ fetchedAt: date, document: fc.dictionary(text, fc.jsonValue()) }),
  },
  { requiredKeys: [] },
);
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

property(
  'what was sealed comes back as it was, under whichever key sealed it',
  fc.record({
    contents: fc.jsonValue(),
    key: fc.integer({ min: 1, max: 9 }),
    sealedAt: date,
    refreshedAt: date,
    of: fc.oneof(fc.constant(binding), entry),
    details,
  }),
  async ({ contents, key, sealedAt, refreshedAt, of, details }) => {
    const text = await seal(
      contents,
      { type, key: keyOf(key), binding: of },
      { sealedAt, refreshedAt, details },
    );
    const keys = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(keyOf);
    const expected = asJson({ contents, sealedAt, refreshedAt, details, keyId: keyOf(key).id });
    assert.deepEqual(asJson(await open(text, { type, keys, binding: of })), expected);
  },
);

property(
  'an entry opens for all that it was sealed for, and for nothing that differs in one member',
  fc.record({ of: entry, other: entry }),
  async ({ of, other }) => {
    const text = await seal({}, { type, key: keyOf(1), binding: of }, { sealedAt: 1, refreshedAt: 1 });
    for (const member of Object.keys(of) as (keyof typeof of)[]) {
      const wanted = { ...of, [member]: other[member] };
      const opens = await open(text, { type, keys: [keyOf(1)], binding: wanted }).then(
        () => true,
        ({ code }: EnvelopeError) => assert.match(code, named),
      );
      const isSame =
        member === 'repository'
          ? isSameRepository(of.repository, other.repository)
          : of[member] === other[member];
      assert.equal(opens === true, isSame, member);
    }
  },
);

function isSameRepository(one: EntryBinding['repository'], other: EntryBinding['repository']): boolean {
  const byNumber = one.id !== '' && other.id !== '';
  return one.server === other.server && (byNumber ? one.id === other.id : one.name === other.name);
}

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
        version: fc.oneof(fc.constant(2), fc.jsonValue()),
        clientId: fc.oneof(fc.constant(binding.clientId), fc.jsonValue()),
        authority: fc.oneof(fc.constant(binding.authority), fc.jsonValue()),
        sealedAt: fc.oneof(date, fc.jsonValue()),
        refreshedAt: fc.oneof(date, fc.jsonValue()),
        contents: fc.jsonValue(),
        account: fc.oneof(fc.constant(entryBinding.account), fc.jsonValue()),
        cacheName: fc.oneof(fc.constant(entryBinding.cacheName), fc.jsonValue()),
        repository: fc.oneof(fc.constant(entryBinding.repository), fc.jsonValue()),
        signedInAt: fc.oneof(date, fc.jsonValue()),
        longestLifetime: fc.oneof(date, fc.jsonValue()),
        pinned: fc.oneof(fc.record({ name: fc.jsonValue(), id: fc.jsonValue() }), fc.jsonValue()),
        tenant: fc.jsonValue(),
        discovery: fc.oneof(fc.record({ fetchedAt: date, document: fc.jsonValue() }), fc.jsonValue()),
      },
      { requiredKeys: [] },
    ),
  ),
  async (payload) => {
    const text = await jwe({ typ: type, kid: keyOf(1).id }, payload);
    const opened = await open(text, { type, keys: [keyOf(1)], binding }).catch((error: unknown) => error);
    if (opened instanceof EnvelopeError) return assert.match(opened.code, named);
    if (opened instanceof Error) throw opened;
    const { sealedAt, refreshedAt, details } = opened as Awaited<ReturnType<typeof open>>;
    for (const time of [sealedAt, refreshedAt, details.signedInAt ?? 0, details.discovery?.fetchedAt ?? 0])
      assert.ok(!Number.isNaN(new Date(time).getTime()), 'a date that is none was let through');
    const { pinned, tenant, longestLifetime = 0 } = details;
    for (const member of [pinned?.name, pinned?.id, tenant])
      assert.match(typeof member, /^(string|undefined)$/);
    assert.equal(typeof longestLifetime, 'number');
  },
);
