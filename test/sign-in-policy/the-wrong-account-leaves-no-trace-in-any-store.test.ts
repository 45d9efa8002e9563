import assert from 'node:assert/strict';
import { alice, bob, carol, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { seededCache } from '../e2e/seeded-cache.ts';

const inputs = { account: alice.username, 'tenant-id': sandboxTenant.id };
const stored = (sandbox: Sandbox): unknown =>
  sandbox.cacheService.entries.map(({ key, bytes }) => [key, [...bytes]]);

scenario(
  'When Bob signs in where Alice is stored, what is stored is untouched and the next run is Alice’s',
  async ({ sandbox, run, runAndSignIn }) => {
    await runAndSignIn(workflowDispatch(), alice.username, { inputs });
    const before = stored(sandbox);
    const wrong = await runAndSignIn(workflowDispatch(), bob.username, {
      inputs: { ...inputs, 'sign-in': 'force' },
    });
    assert.deepEqual(wrong.outputs, { 'error-code': 'wrong-account' });
    assert.deepEqual(stored(sandbox), before);
    const next = await run(schedule(), { inputs });
    assert.equal(next.outputs['username'], alice.username);
    assert.equal(next.outputs['source'], 'cache');
  },
);

scenario(
  'In a public repository the wrong account is not named anywhere',
  async ({ sandbox, runAndSignIn }) => {
    const run = await runAndSignIn(workflowDispatch({ visibility: 'public' }), bob.username, { inputs });
    assert.deepEqual(run.outputs, { 'error-code': 'wrong-account' });
    assert.match(logOf(run), /and somebody else signed in/);
    for (const text of [logOf(run), run.summaryRaw, run.raw.stderr, JSON.stringify(run.annotations)])
      assert.doesNotMatch(text, /bob/i);
    assert.equal(sandbox.cacheService.entries.length, 0);
  },
);

scenario(
  'A token-cache of another account is ignored, and not stored',
  async ({ sandbox, run, entraRequests, keepSecret }) => {
    const text = await seededCache(sandbox, bob.username);
    keepSecret('token-cache', text);
    sandbox.authority.clearRequests();
    const refused = await run(schedule(), { inputs: { ...inputs, 'token-cache': text }, secrets: [text] });
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-needed' });
    assert.match(logOf(refused), /of another account than the input account names/);
    assert.equal(entraRequests(), 0);
    assert.equal(sandbox.cacheService.entries.length, 0);
  },
);

scenario(
  'A personal account that signs in through "common" is refused before anything is saved',
  async ({ sandbox, runAndSignIn }) => {
    const run = await runAndSignIn(workflowDispatch(), carol.username, { inputs: { 'tenant-id': 'common' } });
    assert.deepEqual(run.outputs, { 'error-code': 'wrong-account' });
    assert.match(logOf(run), /set tenant-id to "consumers"/);
    assert.equal(sandbox.cacheService.entries.length, 0);
  },
);
