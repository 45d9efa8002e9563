import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { graphAndMail, smtp } from './two-resources.ts';

scenario(
  'At night the scope that lacks consent is named, and the refresh token that was rotated before is not lost',
  async ({ sandbox, run, runAndSignIn }) => {
    await runAndSignIn(workflowDispatch());

    const night = await run(schedule(), { inputs: graphAndMail });
    assert.deepEqual(night.outputs, { 'error-code': 'sign-in-needed' });
    assert.match(
      logOf(night),
      /works, but lacks consent for one of: https:\/\/outlook\.office\.com\/SMTP\.Send/,
    );
    assert.match(logOf(night), /was saved to the workflow cache/);
    assert.doesNotMatch(logOf(night), /ignored/);

    sandbox.authority.consent(alice.username, smtp);
    const next = await run(schedule(), { inputs: graphAndMail });
    assert.equal(next.outputs['source'], 'refresh', logOf(next));
  },
  { settings: { accessTokenLifetimeSeconds: 200, rotateAndRevoke: true } },
);
