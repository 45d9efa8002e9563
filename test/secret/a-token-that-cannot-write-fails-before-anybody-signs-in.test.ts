import assert from 'node:assert/strict';
import type { Grants } from '../../sandbox/github-api.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf } from '../e2e/scenario.ts';
import { secretScenario } from './secret-scenario.ts';

const environment = { 'secret-environment': 'production' };
const cases: readonly (readonly [string, Grants, Record<string, string>, RegExp])[] = [
  ['GitHub does not know', { secrets: 'write' }, { 'secret-token': 'github_pat_11expired' }, /\(401\)/],
  [
    'may do nothing with secrets, as GITHUB_TOKEN',
    { kind: 'app' },
    {},
    /may not use the secrets of contoso\/mail; GITHUB_TOKEN never may, .*\(403\)[\s\S]*"Secrets: write" for contoso\/mail/,
  ],
  [
    'may read secrets and not write them',
    { secrets: 'read' },
    {},
    /may read the secrets of contoso\/mail, but not write them \(403\)/,
  ],
  [
    'was given other repositories',
    { secrets: 'write', repositories: ['contoso/other'] },
    {},
    /shows secret-token no repository contoso\/mail \(404\)/,
  ],
  [
    'is for secrets, where the secret is that of an environment',
    { secrets: 'write' },
    environment,
    /of the environment "production" of contoso\/mail.*\(403\)[\s\S]*"Environments: write"/,
  ],
  [
    'is for an environment that is not there',
    { environments: 'write' },
    { 'secret-environment': 'producton' },
    /no environment "producton" in contoso\/mail \(404\)[\s\S]*check the spelling/,
  ],
];

for (const [what, grants, inputs, says] of cases) {
  secretScenario(
    `A token that ${what} fails the step before anybody is asked to sign in`,
    async ({ run, sandbox, entraRequests }) => {
      sandbox.githubApi.secrets('production');
      // The workflow cache could keep the sign-in; a store that was asked for and cannot work is an error all the same.
      const failed = await run(workflowDispatch(), { inputs: { 'workflow-cache': 'true', ...inputs } });
      assert.deepEqual(failed.outputs, { 'error-code': 'secret-unwritable' }, logOf(failed));
      assert.match(logOf(failed), says);
      assert.match(logOf(failed), /Nobody was asked to sign in/);
      assert.equal(entraRequests(), 0);
      assert.equal(failed.summary, '');
    },
    { grants },
  );
}
