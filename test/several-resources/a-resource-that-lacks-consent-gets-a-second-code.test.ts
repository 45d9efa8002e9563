import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario, shownCode } from '../e2e/scenario.ts';
import { graphAndMail, secondCode } from './two-resources.ts';

scenario(
  'A resource that lacks consent gets a second code, and is silent from then on',
  async ({ sandbox, start, run, entraRequests }) => {
    const running = await start(workflowDispatch(), { inputs: graphAndMail });
    const code = await shownCode(running);
    await sandbox.authority.signIn(code, alice.username);
    await sandbox.authority.signIn(await secondCode(running, code), alice.username);
    const first = await running.finished;
    assert.equal(first.outputs['source'], 'sign-in', logOf(first));
    assert.match(logOf(first), /lacks consent for one of: https:\/\/outlook\.office\.com\/SMTP\.Send/);

    sandbox.authority.clearRequests();
    const night = await run(schedule(), { inputs: graphAndMail });
    assert.equal(night.outputs['source'], 'cache');
    assert.equal(Object.keys(JSON.parse(night.outputs['access-tokens'] ?? '') as object).length, 2);
    assert.equal(entraRequests(), 0);
  },
);
