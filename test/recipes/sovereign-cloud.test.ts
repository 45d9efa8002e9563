import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { recipe, showToken } from './recipe.ts';

recipe(
  'sovereign-cloud.md',
  "The sign-in is at the cloud's own host, and the token is for its own Graph",
  async ({ run, sandbox }) => {
    await run(workflowDispatch(), { person: { in: 'report' } });
    const hosts = new Set(sandbox.authority.requests.map(({ host }) => host));
    assert.deepEqual([...hosts], ['login.microsoftonline.us']);

    const night = await run(schedule({ runId: 7002 }));
    assert.equal(night.job('report').step('entra').outputs['source'], 'cache');
    const { TOKEN = '' } = night.job('report').step('Count unread mail').env;
    const { active, username } = await showToken(sandbox, 'https://graph.microsoft.us', TOKEN);
    assert.deepEqual([active, username], [true, alice.username]);
    assert.equal((await showToken(sandbox, 'https://graph.microsoft.com', TOKEN)).active, false);
  },
);
