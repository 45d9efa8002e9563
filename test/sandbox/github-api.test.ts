import assert from 'node:assert/strict';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import test, { after, before } from 'node:test';
import sodium from 'libsodium-wrappers';
import { createCertificateAuthority } from '../../sandbox/certificate-authority.ts';
import { type GithubApi, type Grants, startGithubApi } from '../../sandbox/github-api.ts';

let api: GithubApi;
let ca: string;
before(async () => {
  const certificateAuthority = await createCertificateAuthority();
  ca = certificateAuthority.certificatePem;
  api = await startGithubApi({ certificateAuthority });
  await sodium.ready;
});
after(() => api.stop());

const secrets = '/repos/contoso/mail/actions/secrets';

interface Asked {
  readonly token?: string;
  readonly body?: unknown;
  readonly agent?: string;
}

async function ask(method: string, path: string, { token, body, agent = 'test' }: Asked = {}) {
  const sent = request({
    host: '127.0.0.1',
    port: api.port,
    servername: 'api.github.com',
    ca,
    method,
    path,
    headers: {
      host: 'api.github.com',
      'user-agent': agent,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
  });
  const answered = new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
  });
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  const answer = await answered;
  const content = await text(answer);
  return { status: answer.statusCode, body: content === '' ? undefined : JSON.parse(content) };
}

function seal(value: string, { key, key_id }: { readonly key: string; readonly key_id: string }) {
  const publicKey = sodium.from_base64(key, sodium.base64_variants.ORIGINAL);
  const box = sodium.crypto_box_seal(value, publicKey);
  return { encrypted_value: sodium.to_base64(box, sodium.base64_variants.ORIGINAL), key_id };
}

test('A sealed secret is created, replaced and deleted, and its name has no case', async () => {
  const token = api.issueToken({ secrets: 'write' });
  const { body: key } = await ask('GET', `${secrets}/public-key`, { token });

  const put = (value: string) => ask('PUT', `${secrets}/Some_Name`, { token, body: seal(value, key) });
  assert.equal((await put('one')).status, 201);
  assert.equal((await put('two')).status, 204);
  assert.equal(api.secrets().value('some_name'), 'two');
  assert.equal((await ask('DELETE', `${secrets}/SOME_NAME`, { token })).status, 204);
  assert.equal((await ask('DELETE', `${secrets}/SOME_NAME`, { token })).status, 404);
  assert.equal(api.secrets().value('some_name'), '');
});

test('A box for a former key, one of nonsense, and one that is too large are refused', async () => {
  const token = api.issueToken({ secrets: 'write' });
  const { body: former } = await ask('GET', `${secrets}/public-key`, { token });
  api.secrets().rotateKey();
  const { body: key } = await ask('GET', `${secrets}/public-key`, { token });
  assert.notEqual(key.key_id, former.key_id);

  const put = async (body: unknown) => (await ask('PUT', `${secrets}/NAME`, { token, body })).status;
  assert.equal(await put(seal('value', former)), 422);
  assert.equal(await put({ encrypted_value: 'bm9uc2Vuc2U=', key_id: key.key_id }), 422);
  assert.equal(await put({ encrypted_value: seal('value', key).encrypted_value }), 422);
  assert.equal(await put(seal('x'.repeat(48 * 1024 + 1), key)), 422);
  assert.equal(await put(seal('x'.repeat(48 * 1024), key)), 201);
});

for (const [what, grants, read, write] of [
  ['secrets: write', { secrets: 'write' }, 200, 422],
  ['secrets: read', { secrets: 'read' }, 200, 403],
  ['environments: write', { environments: 'write' }, 403, 403],
  ['no permission', {}, 403, 403],
  ['another repository', { secrets: 'write', repositories: ['contoso/other'] }, 404, 404],
] as readonly (readonly [string, Grants, number, number])[]) {
  test(`A token with ${what} may read the key (${read}) and write (${write}: what it sends is empty)`, async () => {
    const token = api.issueToken(grants);

    assert.equal((await ask('GET', `${secrets}/public-key`, { token })).status, read);
    assert.equal((await ask('PUT', `${secrets}/NAME`, { token, body: {} })).status, write);
  });
}

test('An environment has secrets and a key of its own, and one that is not there has none', async () => {
  const token = api.issueToken({ environments: 'write' });
  api.secrets('night runs/eu');
  const path = (environment: string) =>
    `/repos/contoso/mail/environments/${encodeURIComponent(environment)}/secrets/public-key`;

  const { body } = await ask('GET', path('night runs/eu'), { token });
  assert.notEqual(body.key, api.secrets().publicKey.key);
  assert.equal((await ask('GET', path('other'), { token })).status, 404);
});

test('Without a known token, or without a user agent, every request is refused', async () => {
  const token = api.issueToken({ secrets: 'write' });
  assert.equal((await ask('GET', `${secrets}/public-key`)).status, 401);
  assert.equal((await ask('GET', `${secrets}/public-key`, { token, agent: '' })).status, 403);
  api.revokeToken(token);
  assert.equal((await ask('GET', `${secrets}/public-key`, { token })).status, 401);
});
