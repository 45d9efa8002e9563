import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cloudAuthority } from '../../src/entra/authority.ts';
import { EnvelopeError, seal } from '../../src/sealing/envelope.ts';
import { openRecord } from '../../src/sealing/sign-in-record.ts';
import { readTokenCacheInput, type TokenCacheInput } from '../../src/sealing/token-cache-input.ts';
import { createApplication } from '../../src/token/application.ts';
import { NetworkClient } from '../../src/token/network-client.ts';
import { contoso } from '../unit/fakes/people.ts';
import { keyOf, recordContext } from '../unit/fakes/record-context.ts';
import { clientId } from '../unit/fakes/request.ts';
import { type } from '../unit/fakes/sealed.ts';
import { property } from './property.ts';
import { planted, serializedCache } from './serialized-cache.ts';

const nowhere = new NetworkClient(
  () => assert.fail('a cache that is read makes no request'),
  () => undefined,
);

/** MSAL takes it, and can say who is in it. */
async function msalReads(cache: unknown): Promise<void> {
  const text = JSON.stringify(cache);
  const application = createApplication({ clientId, authority: cloudAuthority('public', contoso) }, nowhere, {
    cache: text,
  });
  for (const account of await application.getTokenCache().getAllAccounts())
    assert.equal(typeof account.homeAccountId, 'string');
  JSON.parse(application.getTokenCache().serialize());
}

function quotesNothing(message: string): void {
  const encoded = Buffer.from(planted).toString('base64').slice(0, 16);
  for (const part of [planted, encoded]) assert.ok(!message.includes(part), message);
  assert.ok(!/[\r\n]/.test(message), message);
}

function messageOf(input: Exclude<TokenCacheInput, { readonly kind: 'record' }>): string {
  switch (input.kind) {
    case 'empty':
      return '';
    case 'ignored':
      return input.found;
    case 'unreadable':
      return input.reason;
    case 'invalid':
      return input.problem;
  }
}

property(
  'a token-cache of any JSON is one that MSAL can read, or words that do not quote it',
  fc.tuple(serializedCache, fc.boolean()),
  async ([json, asBase64]) => {
    const text = asBase64 ? Buffer.from(json).toString('base64') : json;
    const input = await readTokenCacheInput(text, recordContext(keyOf(1)));
    if (input.kind === 'record') return msalReads(input.record.cache);
    quotesNothing(messageOf(input));
  },
);

property(
  'a token-cache of any text is refused, and not quoted',
  fc
    .array(
      fc.oneof(
        fc.constantFrom(planted, '{', '}', '"', 'eyJ', '.', '\n', '[', ','),
        fc.string({ unit: 'binary' }),
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
  async (text) => {
    const input = await readTokenCacheInput(text, recordContext(keyOf(1)));
    assert.notEqual(input.kind, 'record');
    if (input.kind !== 'record') quotesNothing(messageOf(input));
  },
);

property(
  'a sealed entry that holds any JSON is one that MSAL can read, or is ignored',
  serializedCache,
  async (json) => {
    const context = recordContext(keyOf(1));
    const times = { sealedAt: 2, refreshedAt: 1 };
    const text = await seal(JSON.parse(json), { type, key: keyOf(1), binding: context.binding }, times);
    const record = await openRecord(text, context).catch((error: unknown) => error);
    if (record instanceof EnvelopeError) return quotesNothing(record.message);
    if (record instanceof Error) throw record;
    await msalReads((record as Awaited<ReturnType<typeof openRecord>>).cache);
  },
);
