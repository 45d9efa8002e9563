import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActionsSecretStore } from '../../../src/stores/actions-secret/actions-secret-store.ts';
import type { WritableStore } from '../../../src/stores/sign-in-store.ts';
import { WorkflowCacheStore } from '../../../src/stores/workflow-cache/workflow-cache-store.ts';
import { FakeClock } from '../fakes/clock.ts';
import { entryBinding, keyOf, recordContext } from '../fakes/record-context.ts';
import { clientId } from '../fakes/request.ts';

const context = recordContext(keyOf(1));
const clock = new FakeClock();
const network = { transport: () => Promise.reject(new Error('a token')), clock, random: () => 0.5 };
const access = { apiUrl: 'https://api.example', repository: 'o/r', environment: '', token: 't' };
const name = { clientId, authority: 'https://login.example/t', account: '', cacheName: '' };
const cacheProcess = { program: '/nowhere.js', environment: {}, temporaryFolder: '/nowhere' };
const run = { id: '1', attempt: 1, repositoryIdentity: entryBinding.repository };
const log = { warning: () => undefined };
const stores: readonly WritableStore[] = [
  new ActionsSecretStore({ name: 'S', access, text: '', context, network }),
  new WorkflowCacheStore({ name, context, process: cacheProcess, run, clock, log }),
];

for (const store of stores) {
  for (const cache of ['', 'a token', '[]', '{"RefreshToken":{"x":{"secret":1}}}', '{"Account":{}}']) {
    test(`the save of ${store.title} fails without an error for the cache ${cache || 'that is empty'}`, async () => {
      const signIn = { cache, homeAccountId: 'a.b', refreshedAt: 0, details: {}, isNewSignIn: false };
      const outcome = await store.save(signIn, new AbortController().signal);
      assert.equal(outcome.kind, 'failed');
      assert.doesNotMatch(JSON.stringify(outcome), /a token/);
    });
  }
}
