import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { graphAndMail, smtp } from './two-resources.ts';

scenario(
  'A refusal of the second resource fails the run with nothing output, and loses no sign-in',
  async ({ sandbox, run, runAndSignIn }) => {
    const { authority } = sandbox;
    authority.consent(alice.username, smtp);
    await runAndSignIn(workflowDispatch(), alice.username, { inputs: graphAndMail });

    authority.faults.add(
      ({ body }) => body.includes('outlook.office.com') && body.includes('refresh_token'),
      {
        kind: 'respond',
        status: 400,
        body: JSON.stringify({ error: 'invalid_resource', error_codes: [500011] }),
      },
    );
    const night = await run(schedule(), { inputs: graphAndMail });
    assert.deepEqual(night.outputs, { 'error-code': 'entra-refused' });
    assert.match(
      logOf(night),
      /refused the request for a token for https:\/\/outlook\.office\.com\/SMTP\.Send/,
    );
    assert.match(
      logOf(night),
      /Nothing was output\. The sign-in itself works, and was saved to the workflow cache/,
    );

    const next = await run(schedule(), { inputs: graphAndMail });
    assert.equal(next.outputs['source'], 'refresh', logOf(next));
  },
  { settings: { accessTokenLifetimeSeconds: 200, rotateAndRevoke: true } },
);
