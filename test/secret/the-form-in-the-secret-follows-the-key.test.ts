import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { seededCache } from '../e2e/seeded-cache.ts';
import { secretScenario } from './secret-scenario.ts';

const noKey = { 'encryption-key': '' };

secretScenario(
  'Without a key the secret holds compact JSON in one line, and a key that is added seals it in one run',
  async ({ run, runAndSignIn, stored, encryptionKey, keepSecret }) => {
    const withoutKey = { inputs: { ...noKey, 'workflow-cache': 'true' } };
    const first = await runAndSignIn(workflowDispatch(), undefined, withoutKey);
    assert.deepEqual(
      [first.outputs['saved-to'], first.annotations.map(({ kind }) => kind)],
      ['secret', ['notice']],
    );
    assert.match(stored(), /^\{"Account":\{.*\}$/);
    keepSecret('token-cache', stored());
    assert.equal((await run(schedule(), { inputs: noKey })).outputs['source'], 'cache');

    const sealing = await run(schedule());
    assert.deepEqual([sealing.outputs['source'], sealing.outputs['saved-to']], ['cache', 'secret']);
    assert.match(stored(), /^eyJ[\w.-]+$/);

    const newKey = randomBytes(32).toString('hex');
    keepSecret('encryption-key', newKey);
    const rotating = await run(schedule(), {
      inputs: { 'encryption-key': `${newKey}\n${encryptionKey}` },
      secrets: [newKey],
    });
    assert.deepEqual([rotating.outputs['source'], rotating.outputs['saved-to']], ['cache', 'secret']);
    const onlyNew = await run(schedule(), { inputs: { 'encryption-key': newKey }, secrets: [newKey] });
    assert.deepEqual([onlyNew.outputs['source'], onlyNew.outputs['saved-to']], ['cache', '']);
  },
);

secretScenario(
  'JSON in several lines is replaced by one line, so that the log is shredded once and not for ever',
  async ({ run, stored, store, sandbox }) => {
    const json = await seededCache(sandbox);
    store(JSON.stringify(JSON.parse(json), null, 2));
    const silent = await run(schedule(), { inputs: noKey });
    assert.deepEqual([silent.outputs['source'], silent.outputs['saved-to']], ['cache', 'secret']);
    assert.doesNotMatch(stored(), /\n/);
    assert.equal((await run(schedule(), { inputs: noKey })).outputs['saved-to'], '');
  },
);
