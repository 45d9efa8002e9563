import assert from 'node:assert/strict';
import { alice, bob, homeAccountId } from '../../sandbox/authority/directory.ts';
import type { ActionRun } from '../../sandbox/runner/action-run.ts';
import type { WorkflowEvent } from '../../sandbox/runner/event.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { parseMsalCache } from '../../src/msal-cache/msal-cache.ts';
import { sealRecord } from '../../src/sealing/sign-in-record.ts';
import { logOf, scenario, type World } from './scenario.ts';
import { entryBinding, entryPrefix, plantEntry, sealingKey } from './sealed-entries.ts';
import { seededCache } from './seeded-cache.ts';

const admin = { 'cache-name': 'admin' };
const reader = { 'cache-name': 'reader' };

/** Copies the bytes of the only entry with the one name to the other name, as whoever may write the workflow cache can. */
function copyEntry(
  { sandbox: { cacheService }, encryptionKey }: World,
  from: Parameters<typeof entryBinding>[0],
  to: Parameters<typeof entryBinding>[0],
): void {
  const prefix = entryPrefix(entryBinding(from), encryptionKey);
  const [entry, ...others] = cacheService.entries.filter(({ key }) => key.startsWith(prefix));
  assert.ok(entry && others.length === 0, 'there is just one entry of that name');
  const { version, scope, bytes } = entry;
  cacheService.plant({
    key: `${entryPrefix(entryBinding(to), encryptionKey)}9-1-copy`,
    version,
    scope,
    bytes,
    createdAt: new Date(Date.now() + 1000),
  });
}

function isRefused(run: ActionRun, reason: string): void {
  assert.deepEqual(run.outputs, { 'error-code': 'sign-in-needed' }, logOf(run));
  const warnings = run.annotations.filter(({ kind }) => kind === 'warning').map(({ message }) => message);
  assert.deepEqual(warnings, [`The entry in the workflow cache is ignored: it ${reason}.`]);
}

scenario('The entry of one cache-name does not open under the name of another', async (world) => {
  await world.runAndSignIn(workflowDispatch(), alice.username, { inputs: admin });
  copyEntry(world, { cacheName: 'admin' }, { cacheName: 'reader' });

  isRefused(await world.run(schedule(), { inputs: reader }), 'was sealed for another cache-name');

  const own = await world.run(schedule(), { inputs: admin });
  assert.equal(own.outputs['username'], alice.username);
});

scenario(
  'The entry of one account does not open where any account will do, nor the other way round',
  async (world) => {
    const account = homeAccountId(alice);
    await world.runAndSignIn(workflowDispatch(), alice.username, { inputs: { account } });
    copyEntry(world, { account }, { account: '' });
    isRefused(await world.run(schedule()), 'was sealed for another value of the input account');

    world.sandbox.cacheService.clear();
    await world.runAndSignIn(workflowDispatch(), alice.username);
    copyEntry(world, { account: '' }, { account });
    isRefused(
      await world.run(schedule(), { inputs: { account } }),
      'was sealed for another value of the input account',
    );
  },
);

const inRepository = (event: WorkflowEvent, repositoryId: number): WorkflowEvent => ({
  ...event,
  repositoryId,
});

scenario('The entry of one repository does not open in another that has the same key', async (world) => {
  // The sandbox has one workflow cache for all repositories, as if every entry were copied from one to the other.
  await world.runAndSignIn(inRepository(workflowDispatch({ repository: 'contoso/admin' }), 601));

  const reason = 'was sealed in another repository';
  isRefused(await world.run(inRepository(schedule({ repository: 'contoso/reader' }), 602)), reason);
  // A repository of another owner that took over the name, after the first one was renamed.
  isRefused(await world.run(inRepository(schedule({ repository: 'contoso/admin' }), 602)), reason);

  const renamed = await world.run(inRepository(schedule({ repository: 'contoso/renamed' }), 601));
  assert.equal(renamed.outputs['source'], 'cache', logOf(renamed));
});

const withoutNumber = { env: { GITHUB_REPOSITORY_ID: '' } };

scenario('Where the runner numbers no repository, its name and its server identify it', async (world) => {
  // The event of a dispatch tells the number, that of a schedule does not: they are one repository all the same.
  await world.runAndSignIn(workflowDispatch(), alice.username, withoutNumber);
  const silent = await world.run(schedule(), withoutNumber);
  assert.equal(silent.outputs['source'], 'cache', logOf(silent));

  const reason = 'was sealed in another repository';
  isRefused(await world.run(schedule({ repository: 'contoso/reader' }), withoutNumber), reason);
  const elsewhere = { ...withoutNumber.env, GITHUB_SERVER_URL: 'https://contoso.ghe.com' };
  isRefused(await world.run(schedule(), { env: elsewhere }), reason);
});

scenario('Where only the event numbers the repository, that number counts', async (world) => {
  await world.runAndSignIn(workflowDispatch(), bob.username, withoutNumber);
  const event = workflowDispatch();
  const repository = { ...Object(event.payload['repository']), id: 999 };
  const other = { ...event, payload: { ...event.payload, repository } };

  const refused = await world.run(other, { ...withoutNumber, inputs: { 'sign-in': 'never' } });
  isRefused(refused, 'was sealed in another repository');
});

scenario(
  'What was sealed for a secret does not open as an entry, and an entry opens as token-cache',
  async (world) => {
    const { sandbox, run, encryptionKey } = world;
    const record = {
      cache: parseMsalCache(await seededCache(sandbox)),
      homeAccountId: homeAccountId(alice),
      refreshedAt: Date.now(),
      details: {},
    };
    const key = sealingKey(encryptionKey);
    const { clientId, authority } = entryBinding();
    const forSecret = await sealRecord(record, { key, binding: { clientId, authority }, now: Date.now() });
    await plantEntry(sandbox, forSecret, entryBinding(), encryptionKey);

    isRefused(await run(schedule()), 'was sealed for a secret or token-cache, not for the workflow cache');

    sandbox.cacheService.clear();
    const ofAnother = entryBinding({ cacheName: 'admin' }, inRepository(workflowDispatch(), 999));
    const forEntry = await sealRecord(record, { key, binding: ofAnother, now: Date.now() });
    for (const text of [forSecret, forEntry]) {
      const opened = await run(schedule(), { inputs: { 'token-cache': text } });
      assert.equal(opened.outputs['username'], alice.username, logOf(opened));
    }
  },
);
