import assert from 'node:assert/strict';
import { alice, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { rerun, schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

const isPublic = { visibility: 'public' } as const;
const ofAlice = { account: alice.username, 'tenant-id': sandboxTenant.id };

scenario(
  'At night without encryption-key: with a key, a dispatch asks, and the next night is silent',
  async (world) => {
    const noKey = { inputs: { 'encryption-key': '' } };
    const night = await world.run(schedule({ repositoryInPayload: true }), noKey);
    assert.match(
      logOf(night),
      /What to do: give encryption-key a value: it is empty.*\nThen dispatch the workflow by hand/,
    );
    assert.doesNotMatch(logOf(night), /re-run/i);

    assert.equal((await world.runAndSignIn(workflowDispatch())).outputs['source'], 'sign-in');
    assert.equal((await world.run(schedule())).outputs['source'], 'cache');
  },
);

scenario('At night in a public repository without account: with account, a dispatch asks', async (world) => {
  const night = await world.run(schedule({ repositoryInPayload: true, ...isPublic }));
  assert.match(logOf(night), /What to do: set the input account to .*\nThen dispatch the workflow by hand/);

  const dispatched = await world.runAndSignIn(workflowDispatch(isPublic), alice.username, {
    inputs: ofAlice,
  });
  assert.equal(dispatched.outputs['source'], 'sign-in');
  assert.equal((await world.run(schedule(), { inputs: ofAlice })).outputs['source'], 'cache');
});

scenario(
  'At night in a private repository, a re-run asks where its event says that, and a dispatch always',
  async (world) => {
    const night = await world.run(schedule({ repositoryInPayload: true }));
    assert.match(logOf(night), /What to do: re-run this run and sign in: /);
    const again = await world.runAndSignIn(rerun(schedule({ repositoryInPayload: true })));
    assert.equal(again.outputs['source'], 'sign-in');
  },
);
