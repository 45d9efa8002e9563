import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  alice,
  homeAccountId,
  multiTenantApp,
  organizationsApp,
  sandboxTenant,
} from '../../sandbox/authority/directory.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { parseEncryptionKeys } from '../../src/sealing/encryption-keys.ts';
import { seal } from '../../src/sealing/envelope.ts';
import { validValue } from '../unit/fakes/result.ts';
import { logOf, scenario } from './scenario.ts';
import { seededCache } from './seeded-cache.ts';
import { beginSignIn, finishSignIn } from './two-jobs.ts';

const event = workflowDispatch({ runId: 11 });
const wholeText = 'pass the output pending-sign-in of an earlier job of this run, whole and unchanged';

scenario('A pending sign-in of something else is a bad input, each with its own reason', async (world) => {
  const { outputs } = await beginSignIn(world, event);
  world.sandbox.authority.clearRequests();
  const anotherKey = randomBytes(32).toString('base64');
  const pending = outputs['pending-sign-in'] ?? '';
  const middle = pending.length - 100;
  const changed =
    pending.slice(0, middle) + (pending[middle] === 'A' ? 'B' : 'A') + pending.slice(middle + 1);

  for (const [says, inputs, run] of [
    [`was begun in another workflow run; ${wholeText}`, {}, workflowDispatch({ runId: 12 })],
    [
      `was begun in another workflow run; ${wholeText}`,
      {},
      workflowDispatch({ runId: 11, repository: 'a/b' }),
    ],
    [
      'was sealed for another client id; give both steps the same client-id',
      { 'client-id': organizationsApp.clientId },
    ],
    [
      'was sealed for another cloud, tenant or authority; give both steps the same tenant-id and cloud, or authority',
      { 'tenant-id': sandboxTenant.id },
    ],
    [
      'was begun for another value of the input account; give both steps the same account',
      { account: homeAccountId(alice) },
    ],
    [
      'was begun for other scopes; give both steps the same scopes, in the same order',
      { scopes: 'User.Read Mail.Read' },
    ],
    [
      'was sealed with another key; give both steps the same encryption-key',
      { 'encryption-key': anotherKey },
    ],
    [`was changed after it was sealed; ${wholeText}`, { 'pending-sign-in': changed }],
    [`was changed after it was sealed; ${wholeText}`, { 'pending-sign-in': pending.replace('~', '') }],
    [`is not whole: its end is missing; ${wholeText}`, { 'pending-sign-in': pending.slice(0, 150) }],
    [`is not a pending sign-in; ${wholeText}`, { 'pending-sign-in': 'later' }],
  ] as const) {
    const refused = await (await finishSignIn(world, run ?? event, outputs, inputs)).finished;
    assert.deepEqual(refused.outputs, { 'error-code': 'bad-input' });
    assert.ok(logOf(refused).includes(`pending-sign-in ${says}`), `${says}\n${logOf(refused)}`);
  }
  assert.equal(world.entraRequests(), 0);
});

scenario('A cache in place of a pending sign-in is refused, and not quoted', async (world) => {
  const cache = await seededCache(world.sandbox);
  const says =
    /pending-sign-in is a stored sign-in \(a cache\), not a pending one; pass a cache as token-cache/;
  const [key] = validValue(parseEncryptionKeys(world.encryptionKey));
  assert.ok(typeof key === 'object');
  const binding = {
    clientId: multiTenantApp.clientId,
    authority: 'https://login.microsoftonline.com/organizations',
  };
  const sealed = await seal(
    JSON.parse(cache),
    { type: 'entra-user-token-cache', key, binding },
    {
      sealedAt: 1,
      refreshedAt: 1,
    },
  );
  for (const text of [
    sealed,
    cache,
    Buffer.from(cache).toString('base64'),
    JSON.stringify(JSON.parse(cache), null, 2),
  ]) {
    const refused = await world.run(event, { inputs: { 'pending-sign-in': text }, secrets: [text] });
    assert.deepEqual(refused.outputs, { 'error-code': 'bad-input' });
    assert.match(logOf(refused), says);
    // Each line of a text in several lines would become a mask, "{" among them.
    assert.ok(refused.raw.stdout.includes(`::add-mask::${text}`) || text.includes('\n'));
  }
});

scenario('A pending sign-in in place of a cache is refused', async (world) => {
  const { outputs } = await beginSignIn(world, event);
  const refused = await world.run(event, { inputs: { 'token-cache': outputs['pending-sign-in'] ?? '' } });
  assert.deepEqual(refused.outputs, { 'error-code': 'bad-input' });
  assert.match(logOf(refused), /token-cache is a pending sign-in, not a cache; pass it as pending-sign-in/);
});
