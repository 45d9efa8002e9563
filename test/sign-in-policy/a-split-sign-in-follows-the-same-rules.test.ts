import assert from 'node:assert/strict';
import { alice, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { issueComment, push, schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { beginSignIn, finishSignIn } from '../e2e/two-jobs.ts';

for (const [event, code] of [
  [schedule(), 'sign-in-needed'],
  [issueComment(), 'sign-in-refused'],
  [workflowDispatch({ visibility: 'public' }), 'sign-in-refused'],
] as const) {
  const where = event.name === 'workflow_dispatch' ? 'in a public repository without account' : event.name;
  scenario(`No sign-in is begun for another job: ${where}`, async ({ run, entraRequests }) => {
    const refused = await run(event, { inputs: { 'wait-for-sign-in': 'false' } });
    assert.deepEqual(refused.outputs, { 'error-code': code });
    assert.equal(entraRequests(), 0);
  });
}

scenario('The second job needs the account of the first, in a public repository above all', async (world) => {
  const event = workflowDispatch({ visibility: 'public' });
  const account = { account: alice.username, 'tenant-id': sandboxTenant.id };
  const { outputs } = await beginSignIn(world, event, account);
  world.sandbox.authority.clearRequests();

  const refused = await (await finishSignIn(world, event, outputs, { 'tenant-id': sandboxTenant.id }))
    .finished;
  assert.deepEqual(refused.outputs, { 'error-code': 'bad-input' });
  assert.match(logOf(refused), /was begun for another value of the input account; give both steps the same/);
  assert.equal(world.entraRequests(), 0);
});

scenario(
  'A second job that would prompt nobody itself finishes the sign-in that the first one began',
  async (world) => {
    const event = push();
    const { outputs } = await beginSignIn(world, event, { 'sign-in': 'allowed' });
    await world.sandbox.authority.signIn(outputs['user-code'] ?? '', alice.username);

    const second = await (await finishSignIn(world, event, outputs)).finished;
    assert.equal(second.outputs['source'], 'sign-in', logOf(second));
  },
);
