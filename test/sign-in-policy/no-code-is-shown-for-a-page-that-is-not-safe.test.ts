import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { beginSignIn } from '../e2e/two-jobs.ts';

/** As on every machine of a user. */
const noLoopbackPage = { ENTRA_USER_TOKEN_LOOPBACK_PAGE: '' };
const userCode = 'HAHAHAHA9';

function namePage(sandbox: Sandbox, address: string): void {
  sandbox.authority.faults.add('device-code', {
    kind: 'respond',
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      user_code: userCode,
      device_code: 'no device code that was given out',
      verification_uri: address,
      verification_uri_complete: 'https://evil.example/complete',
      expires_in: 900,
      interval: 1,
    }),
  });
}

for (const [address, inputs] of [
  ['http://127.0.0.1:9/devicelogin', {}],
  ['https://microsoft.com@evil.example/devicelogin', { 'wait-for-sign-in': 'false' }],
] as const) {
  scenario(
    `No code is shown for ${address} (${JSON.stringify(inputs)})`,
    async ({ sandbox, run, entraRequests }) => {
      namePage(sandbox, address);
      const refused = await run(workflowDispatch(), { inputs, env: noLoopbackPage });
      assert.deepEqual(refused.outputs, { 'error-code': 'entra-refused' });
      assert.match(logOf(refused), /the page for the code is not safe/);
      assert.ok(![refused.raw.stdout, refused.summaryRaw].some((text) => text.includes(userCode)));
      assert.equal(entraRequests(), 1);
    },
  );
}

scenario('A page of somebody else is shown under a warning', async ({ sandbox, run }) => {
  namePage(sandbox, 'https://evil.example/devicelogin');
  const failed = await run(workflowDispatch(), { env: noLoopbackPage });
  assert.match(
    logOf(failed),
    /Warning: The address evil\.example is not one of Microsoft's.*\n.*sign in now:\n.*open +https:\/\/evil\.example\/devicelogin\n.*enter code/,
  );
  assert.doesNotMatch(logOf(failed), /evil\.example\/complete/);
});

scenario(
  'The summary of a job that does not wait warns of a page of somebody else, too',
  async ({ sandbox, run }) => {
    namePage(sandbox, 'https://evil.example/devicelogin');
    const begun = await run(workflowDispatch(), {
      inputs: { 'wait-for-sign-in': 'false' },
      env: noLoopbackPage,
    });
    assert.equal(begun.outputs['verification-uri'], 'https://evil.example/devicelogin');
    const summary = begun.summary.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
    assert.match(summary, /\*\*The address evil\.example is not one of Microsoft's.*\*\*\n\n1\. Open/);
  },
);

scenario('The job that finishes a sign-in checks the page again', async (world) => {
  const event = workflowDispatch();
  const { outputs } = await beginSignIn(world, event);
  world.sandbox.authority.clearRequests();

  const second = await world.run(event, {
    inputs: { 'pending-sign-in': outputs['pending-sign-in'] ?? '' },
    env: noLoopbackPage,
  });

  assert.deepEqual(second.outputs, { 'error-code': 'entra-refused' });
  assert.match(logOf(second), /the page for the code is not safe/);
  assert.equal(world.entraRequests(), 0);
});
