import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { recipe, showToken } from './recipe.ts';

recipe(
  'dispatch-and-schedule.md',
  'A person signs in in a dispatched run, and the night runs have their token with nobody there',
  async ({ run, sandbox, entraRequests }) => {
    const first = await run(workflowDispatch(), { person: { in: 'report' } });
    assert.equal(first.conclusion, 'success');
    assert.equal(first.job('report').step('entra').outputs['source'], 'sign-in');

    sandbox.authority.clearRequests();
    const night = await run(schedule({ runId: 7002 }));
    assert.equal(night.conclusion, 'success');
    assert.equal(night.job('report').step('entra').outputs['source'], 'cache');
    assert.equal(entraRequests(), 0);

    const { TOKEN = '' } = night.job('report').step('Count unread mail').env;
    const { active, username, scope } = await showToken(sandbox, 'https://graph.microsoft.com', TOKEN);
    assert.deepEqual([active, username], [true, alice.username]);
    assert.ok(scope?.split(' ').includes('Mail.Read'), scope);
  },
);
