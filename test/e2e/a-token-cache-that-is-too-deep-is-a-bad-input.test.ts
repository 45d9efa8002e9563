import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario('A token-cache that is nested 30,000 levels deep is a bad input that says so', async ({ run }) => {
  const text = `{"Account":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
  const bad = await run(workflowDispatch(), { inputs: { 'token-cache': text } });

  assert.deepEqual(bad.outputs, { 'error-code': 'bad-input' });
  assert.match(logOf(bad), /token-cache is not an MSAL cache: it is nested more than 100 levels deep/);
});
