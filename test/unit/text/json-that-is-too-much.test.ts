import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { readWorkflowRun } from '../../../src/action/workflow-run.ts';
import { jsonObject, oauthError } from '../../../src/entra/error-response.ts';
import { EnvelopeError, open } from '../../../src/sealing/envelope.ts';
import { readTokenCacheInput } from '../../../src/sealing/token-cache-input.ts';
import { JsonRefused, parseJson } from '../../../src/text/json.ts';
import { anyCache, readForMsalNode } from '../fakes/any-cache.ts';
import { binding, keyOf, recordContext } from '../fakes/record-context.ts';
import { jwe, type } from '../fakes/sealed.ts';

const nested = (depth: number, inside = '1'): string => `${'['.repeat(depth)}${inside}${']'.repeat(depth)}`;
const manyEntries = `{${Array.from({ length: 100_000 }, (_, index) => `"entry ${index}":{}`).join(',')}}`;

const tooMuch = [
  ['nested 30,000 levels deep', nested(30_000), /nested more than 100 levels deep$/],
  ['nested a million levels deep', `{"a":${nested(1_000_000)}}`, /nested more than 100 levels deep$/],
  ['of 100,000 entries', manyEntries, /has more than 50,000 members$/],
  ['of a million characters too many', `"${'a'.repeat(9_000_000)}"`, /longer than 8,000,000 characters$/],
] as const;

for (const [what, json, says] of tooMuch) {
  test(`JSON ${what} is refused before it is parsed`, () => {
    assert.throws(
      () => parseJson(json),
      (error) => error instanceof JsonRefused && error.isTooMuch && says.test(error.message),
    );
  });
}

test('What stands in texts does not count', () => {
  const value = { 'a"[[[': `${'[{,"\\'.repeat(60_000)}` };

  assert.deepEqual(parseJson(JSON.stringify(value)), value);
  assert.deepEqual(parseJson(nested(100)), JSON.parse(nested(100)));
});

for (const text of ['', '{', '"', '"\\', '[1,]', '}{', ']]]]', 'undefined']) {
  test(`${JSON.stringify(text)} is not JSON, and is not quoted`, () => {
    assert.throws(
      () => parseJson(text),
      (error) => error instanceof JsonRefused && error.message === 'is not JSON' && error.cause === undefined,
    );
  });
}

for (const [what, text] of [
  ['nested too deep', `{"Account":${nested(30_000)}}`],
  ['of too many entries', `{"Account":${manyEntries}}`],
  ['nested too deep as base64', Buffer.from(`{"Account":${nested(30_000)}}`).toString('base64')],
  ['nested too deep in quotes', JSON.stringify(`{"Account":${nested(30_000)}}`)],
  ['a list that is nested too deep', nested(30_000)],
] as const) {
  test(`A token-cache ${what} is a bad input that says so`, async () => {
    const input = await readTokenCacheInput(text, recordContext());

    assert.ok(input.kind === 'invalid');
    assert.match(
      input.problem,
      /^is not an MSAL cache: it (is nested|has) more than [\d,]+ (levels|members)/,
    );
  });
}

test('A sealed entry that holds too much is not opened, and the reason says so', async () => {
  const header = { typ: type, kid: keyOf(1).id };
  for (const contents of [JSON.parse(nested(1000)), JSON.parse(manyEntries)]) {
    const payload = { version: 1, ...binding, sealedAt: 2, refreshedAt: 1, contents };
    await assert.rejects(
      async () => open(await jwe(header, payload), { type, keys: [keyOf(1)], binding }),
      (error) => error instanceof EnvelopeError && /holds more than this action seals/.test(error.message),
    );
  }
});

test('An ID token or a tenant profile that is nested too deep is left out, and the rest is read', () => {
  const { account, refreshToken, idToken } = anyCache;
  const payload = Buffer.from(`{"a":${nested(30_000)}}`).toString('base64url');
  const cache = readForMsalNode({
    Account: { account: { ...account, tenantProfiles: [nested(30_000), `{"a":${nested(30_000)}}`] } },
    IdToken: { deep: { ...idToken, secret: `e30.${payload}.x` } },
    RefreshToken: { refreshToken },
  });

  assert.deepEqual(cache, readForMsalNode({ Account: { account }, RefreshToken: { refreshToken } }));
});

test('Members of an entry that are no texts are left out, however deep', () => {
  const { account, refreshToken } = anyCache;
  const deep = JSON.parse(nested(90));
  const cache = readForMsalNode({
    Account: { account: { ...account, deep, name: deep } },
    RefreshToken: { refreshToken: { ...refreshToken, deep, target: deep } },
    Unknown: deep,
  });

  assert.deepEqual(cache, readForMsalNode({ Account: { account }, RefreshToken: { refreshToken } }));
});

test('A response that is too large does not count as one of Entra’s', () => {
  for (const inside of [nested(30_000), manyEntries]) {
    const response = { status: 400, headers: {}, body: `{"error":"invalid_grant","claims":${inside}}` };
    assert.equal(jsonObject(response), undefined);
    assert.equal(oauthError(response), undefined);
  }
  const claims = `{"access_token":${nested(30_000)}}`;
  const response = { status: 400, headers: {}, body: JSON.stringify({ error: 'invalid_grant', claims }) };
  assert.equal(oauthError(response)?.claims, '');
});

test('An event whose payload is nested too deep says nothing, so that the repository counts as public', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'event-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'event.json');
  const isPrivate = (payload: string): boolean => {
    writeFileSync(path, payload);
    return readWorkflowRun({ GITHUB_EVENT_PATH: path }).isPrivate;
  };

  assert.ok(isPrivate(`{"repository":{"private":true},"commits":${manyEntries}}`));
  assert.ok(!isPrivate(`{"repository":{"private":true},"a":${nested(30_000)}}`));
});
