import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { recipe } from './recipe.ts';

recipe(
  'split-sign-in.md',
  'One job ends with the code, a chat gets it, a later job waits for the person; at night nobody is told anything',
  async ({ run, sandbox }) => {
    const secrets = { CHAT_WEBHOOK: 'https://chat.example/hooks/0123456789' };
    const first = await run(workflowDispatch(), { secrets, person: { in: 'report' } });
    assert.equal(first.conclusion, 'success');
    const ask = first.job('ask');
    assert.deepEqual(Object.keys(ask.outputs).sort(), ['pending-sign-in', 'user-code', 'verification-uri']);
    assert.deepEqual(ask.dropped, []);
    const { USER_CODE, ADDRESS } = first.job('tell').step('Post the code').env;
    assert.equal(USER_CODE, ask.outputs['user-code']);
    assert.equal(ADDRESS, ask.outputs['verification-uri']);
    const { outputs, action } = first.job('report').step('entra');
    assert.equal(outputs['source'], 'sign-in');
    assert.ok(action?.log.some((line) => line.includes(`enter code ${USER_CODE}`)));
    assert.equal(sandbox.authority.requests.filter(({ endpoint }) => endpoint === 'device-code').length, 1);

    const night = await run(schedule({ runId: 7002 }), { secrets });
    assert.equal(night.conclusion, 'success');
    assert.equal(night.job('tell').result, 'skipped');
    assert.equal(night.job('report').step('entra').outputs['source'], 'cache');
  },
);
