import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

scenario(
  'With sign-in: never nobody is asked to sign in, although a person started the run',
  async ({ run, entraRequests }) => {
    const refused = await run(workflowDispatch(), { inputs: { 'sign-in': 'never' } });
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-needed' });
    assert.match(logOf(refused), /sign-in is "never"/);
    assert.match(
      logOf(refused),
      /actions\/runs\/7001\n.*actions\/workflows\/token\.yml\n.*another sign-in than "never"/,
    );
    assert.equal(entraRequests(), 0);
  },
);

scenario('With sign-in: never a stored sign-in is used nevertheless', async ({ run, runAndSignIn }) => {
  await runAndSignIn(workflowDispatch());
  const silent = await run(workflowDispatch(), { inputs: { 'sign-in': 'never' } });
  assert.equal(silent.outputs['source'], 'cache');
});
