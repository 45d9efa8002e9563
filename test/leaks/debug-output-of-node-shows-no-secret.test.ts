import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

scenario(
  'With NODE_DEBUG for everything a run shows no secret, not even of the environment',
  async ({ runAndSignIn, keepSecret }) => {
    const planted = randomBytes(12).toString('hex');
    keepSecret('variable of the job', planted);
    const env = { NODE_DEBUG: 'http,https,tls,net,stream,child_process,timer', PLANTED: planted };
    const run = await runAndSignIn(workflowDispatch(), undefined, { env });
    assert.equal(run.outputs['saved-to'], 'workflow-cache', logOf(run));
    assert.match(logOf(run), /NODE_DEBUG is ignored/);
    assert.doesNotMatch(logOf(run), /^(HTTPS?|TLS|NET|STREAM|CHILD_PROCESS) \d+:/m);
  },
);
