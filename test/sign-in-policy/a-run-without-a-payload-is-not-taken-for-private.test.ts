import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from '../e2e/scenario.ts';

for (const [what, payload] of [
  ['is empty', {}],
  ['has no visibility and is not private', { repository: { private: false } }],
  ['says private in text', { repository: { private: 'true', visibility: 'private' } }],
  ['says private, and a visibility that is new', { repository: { private: true, visibility: 'members' } }],
] as const) {
  scenario(
    `Nobody is asked to sign in without account when the payload ${what}`,
    async ({ run, entraRequests }) => {
      const refused = await run({ ...workflowDispatch(), payload });
      assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' });
      assert.equal(entraRequests(), 0);
    },
  );
}

scenario(
  'Nobody is asked to sign in without account when there is no payload',
  async ({ run, entraRequests }) => {
    const refused = await run(workflowDispatch(), { env: { GITHUB_EVENT_PATH: '/nowhere/event.json' } });
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' });
    assert.equal(entraRequests(), 0);
  },
);
