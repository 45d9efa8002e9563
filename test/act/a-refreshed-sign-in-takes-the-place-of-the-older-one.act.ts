import assert from 'node:assert/strict';
import { scenario } from './scenario.ts';

// A refresh token that dies when it is used tells whether the newest entry was restored.
const settings = { accessTokenLifetimeSeconds: 200, rotateAndRevoke: true };

scenario(
  'A refreshed sign-in takes the place of the older one in act’s cache',
  async ({ run }) => {
    const signedIn = await run('workflow_dispatch');
    assert.match(signedIn.log, /\| source=sign-in saved-to=workflow-cache /, signedIn.log);
    for (const night of ['first', 'second']) {
      const { exitCode, log } = await run('schedule');
      assert.equal(exitCode, 0, `${night} night:\n${log}`);
      assert.match(log, /\| source=refresh saved-to=workflow-cache /);
    }
  },
  { settings },
);
