import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario('An account in another case has the same stored sign-in', async ({ run, runAndSignIn }) => {
  const inputs = (account: string) => ({ inputs: { account } });
  const first = await runAndSignIn(workflowDispatch(), alice.username, inputs(alice.username));
  const next = await run(schedule(), inputs(alice.username.toUpperCase()));
  assert.equal(next.outputs['source'], 'cache', logOf(next));

  const id = first.outputs['account-id'] ?? '';
  await runAndSignIn(workflowDispatch(), alice.username, inputs(id));
  const nextById = await run(schedule(), inputs(id.toUpperCase()));
  assert.equal(nextById.outputs['source'], 'cache', logOf(nextById));
});
