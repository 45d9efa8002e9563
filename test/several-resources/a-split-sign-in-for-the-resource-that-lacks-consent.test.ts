import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { push, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario, shownCode } from '../e2e/scenario.ts';
import { beginSignIn, finishSignIn } from '../e2e/two-jobs.ts';
import { graphAndMail, secondCode } from './two-resources.ts';

scenario(
  'The resource that lacks consent is signed in to over two jobs, and the rotated refresh token is not lost',
  async (world) => {
    await world.runAndSignIn(workflowDispatch());
    const event = workflowDispatch();
    const { job, outputs } = await beginSignIn(world, event, graphAndMail);
    assert.match(logOf(job), /lacks consent for one of: https:\/\/outlook\.office\.com\/SMTP\.Send/);

    // The person consents while the second job waits; had it been before, the silent way would do.
    const running = await finishSignIn(world, event, outputs, graphAndMail);
    await world.sandbox.authority.signIn(await shownCode(running), alice.username);
    const second = await running.finished;
    assert.ok(logOf(second).includes(outputs['user-code'] ?? '-'));
    assert.equal(second.outputs['source'], 'sign-in', logOf(second));
    assert.deepEqual(Object.keys(JSON.parse(second.outputs['access-tokens'] ?? '{}') as object), [
      'https://graph.microsoft.com',
      'https://outlook.office.com',
    ]);
  },
  { settings: { accessTokenLifetimeSeconds: 200, rotateAndRevoke: true } },
);

scenario('The second job asks for a second code of its own, where sign-in is allowed', async (world) => {
  const { authority } = world.sandbox;
  const event = workflowDispatch();
  const { outputs } = await beginSignIn(world, event, graphAndMail);
  const first = outputs['user-code'] ?? '';
  await authority.signIn(first, alice.username);

  const running = await finishSignIn(world, event, outputs, graphAndMail);
  assert.equal(await shownCode(running), first);
  await authority.signIn(await secondCode(running, first), alice.username);
  const second = await running.finished;
  assert.equal(second.outputs['source'], 'sign-in', logOf(second));
  assert.match(logOf(second), /To let this workflow act as you, sign in now/);
});

scenario('A second job that may not ask by itself ends at the second code', async (world) => {
  const event = push();
  const { outputs } = await beginSignIn(world, event, { ...graphAndMail, 'sign-in': 'allowed' });
  await world.sandbox.authority.signIn(outputs['user-code'] ?? '', alice.username);

  const second = await (await finishSignIn(world, event, outputs, graphAndMail)).finished;
  assert.deepEqual(second.outputs, { 'error-code': 'sign-in-needed' });
  assert.match(logOf(second), /was saved to the workflow cache/);
});
