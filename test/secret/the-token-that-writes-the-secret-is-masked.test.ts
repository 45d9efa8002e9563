import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { secretScenario } from './secret-scenario.ts';

secretScenario('The token that writes the secret is masked before anything else is done', async (world) => {
  const run = await world.runAndSignIn(workflowDispatch());
  const commands = run.raw.stdout.split(/\r?\n/);
  const firstOther = commands.findIndex((line) => !line.startsWith('::add-mask::'));
  assert.ok(firstOther > 0);
  assert.ok(commands.slice(0, firstOther).includes(`::add-mask::${world.secretToken}`));
});
