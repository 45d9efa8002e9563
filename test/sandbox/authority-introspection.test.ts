import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alice } from '../../sandbox/authority/directory.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { seededCache } from '../e2e/seeded-cache.ts';

test('A token is active for the resource that it is for, and for no other; a changed one is for none', async () => {
  await using sandbox = await startSandbox();
  await seededCache(sandbox);
  const token = sandbox.authority.secrets.find(({ kind }) => kind === 'access_token')?.value ?? '';
  const ask = async (resource: string, asked: string) => {
    const { body } = await sandbox.askAuthority(sandbox.authority.introspectionUrl(resource), {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: asked }).toString(),
    });
    return JSON.parse(body) as Record<string, unknown>;
  };
  const graph = 'https://graph.microsoft.com';

  const { active, username, scope, aud } = await ask(graph, token);
  assert.deepEqual([active, username, scope, aud], [true, alice.username, 'User.Read', graph]);

  const [head, payload, signature] = token.split('.');
  assert.deepEqual(await ask('https://outlook.office.com', token), { active: false });
  assert.deepEqual(await ask(graph, `${head}.${payload}x.${signature}`), { active: false });
});
