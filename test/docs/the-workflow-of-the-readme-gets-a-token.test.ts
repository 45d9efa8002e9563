import assert from 'node:assert/strict';
import type { Tokens } from 'marked';
import { parse } from 'yaml';
import { alice, sandboxTenant, singleTenantApp } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from '../e2e/scenario.ts';
import { readPage } from './markdown-pages.ts';

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

scenario(
  'The workflow of the README gets a token with a sign-in, and then at night without',
  async ({ sandbox, run, runAndSignIn, encryptionKey, entraRequests }) => {
    const workflow = firstWorkflow();
    const [first] = Object.values(workflow.jobs);
    const step = first?.steps.find(({ uses }) => uses?.includes('/entra-user-token@'));
    assert.match(step?.with?.['encryption-key'] ?? '', /^\$\{\{ secrets\.\w+ \}\}$/);
    const inputs = {
      ...step?.with,
      'client-id': singleTenantApp.clientId,
      'tenant-id': sandboxTenant.id,
      account: alice.username,
      'encryption-key': encryptionKey,
    };

    assert.ok('workflow_dispatch' in workflow.on);
    const dispatched = await runAndSignIn(workflowDispatch(), alice.username, { inputs });
    assert.equal(dispatched.outputs['source'], 'sign-in');
    assert.match(dispatched.outputs['scopes'] ?? '', /\bMail\.Read\b/);

    assert.ok('schedule' in workflow.on);
    sandbox.authority.clearRequests();
    const night = await run(schedule(), { inputs });
    assert.equal(night.outputs['source'], 'cache');
    assert.ok(night.outputs['access-token']);
    assert.equal(entraRequests(), 0);
  },
);

function firstWorkflow(): {
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
} {
  const yaml = readPage('README.md')
    .tokens.filter((token): token is Tokens.Code => token.type === 'code')
    .find(({ lang, text }) => lang === 'yaml' && text.startsWith('name:'));
  return parse(yaml?.text ?? '');
}
