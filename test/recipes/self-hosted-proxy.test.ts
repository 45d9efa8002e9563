import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { recipe } from './recipe.ts';

recipe(
  'self-hosted-proxy.md',
  "Through the proxy that the job's variables name, whose CA they name too",
  async ({ run, sandbox }) => {
    const given = {
      vars: { PROXY_URL: sandbox.proxy.url, PROXY_CA_FILE: sandbox.caFile },
      // This runner says nothing of a proxy by itself.
      runnerEnv: { https_proxy: '', no_proxy: '', NODE_EXTRA_CA_CERTS: '' },
    };
    const first = await run(workflowDispatch(), { ...given, person: { in: 'report' } });
    assert.equal(first.job('report').step('entra').outputs['source'], 'sign-in');
    assert.ok(sandbox.authority.requests.length > 0);

    const night = await run(schedule({ runId: 7002 }), given);
    assert.equal(night.conclusion, 'success');
    assert.equal(night.job('report').step('entra').outputs['source'], 'cache');
  },
);
