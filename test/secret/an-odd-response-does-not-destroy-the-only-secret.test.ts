import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf } from '../e2e/scenario.ts';
import { granted } from '../unit/fakes/answers.ts';
import { alice, bob } from '../unit/fakes/people.ts';
import { secretScenario } from './secret-scenario.ts';

const whole = JSON.parse(granted(alice).body) as Record<string, unknown>;
const clientInfo = (members: object): string => Buffer.from(JSON.stringify(members)).toString('base64url');

const responses: readonly (readonly [string, Record<string, unknown>])[] = [
  ['without client_info', { client_info: undefined }],
  ['with an empty client_info', { client_info: clientInfo({}) }],
  ['with the client_info of somebody else', { client_info: clientInfo({ uid: bob.oid, utid: bob.tid }) }],
  ['with a refresh token that is a number', { refresh_token: 5 }],
];

for (const [what, members] of responses) {
  secretScenario(
    `A response ${what} to a refresh leaves the stored sign-in as it is`,
    async ({ run, runAndSignIn, stored, sandbox }) => {
      await runAndSignIn(workflowDispatch());
      const before = stored();
      const body = JSON.stringify({ ...whole, ...members });
      sandbox.authority.faults.add('token:refresh_token', { kind: 'respond', status: 200, body });

      const odd = await run(schedule());
      assert.equal(stored(), before);
      assert.match(logOf(odd), /The sign-in was not saved|Nothing was output or saved/);
      assert.equal((await run(schedule())).outputs['source'], 'refresh');
    },
    { settings: { accessTokenLifetimeSeconds: 200 } },
  );
}
