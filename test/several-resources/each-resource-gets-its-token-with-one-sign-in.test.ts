import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { smtp } from './two-resources.ts';

const inputs = {
  scopes: `${smtp} User.Read https://graph.microsoft.com/mail.read ${smtp.toUpperCase()}`,
};

scenario(
  'Each resource gets its token with one sign-in, and later runs ask once for each that must be refreshed',
  async ({ sandbox, run, runAndSignIn, entraRequests }) => {
    const { authority } = sandbox;
    authority.consent(alice.username, 'User.Read Mail.Read');
    const first = await runAndSignIn(workflowDispatch(), alice.username, { inputs });

    const tokens = JSON.parse(first.outputs['access-tokens'] ?? '') as Record<string, string>;
    assert.deepEqual(Object.keys(tokens), ['https://outlook.office.com', 'https://graph.microsoft.com']);
    for (const [resource, token] of Object.entries(tokens)) assert.equal(decodeJwt(token).aud, resource);
    assert.equal(first.outputs['access-token'], tokens['https://outlook.office.com']);
    assert.equal(first.outputs['source'], 'sign-in');
    assert.match(first.outputs['scopes'] ?? '', /SMTP\.Send.*User\.Read.*Mail\.Read/i);
    const expiries = Object.values(tokens).map((token) => Number(decodeJwt(token).exp) * 1000);
    const told = Date.parse(first.outputs['expires-on'] ?? '');
    assert.ok(Math.abs(told - Math.min(...expiries)) < 5000, first.outputs['expires-on']);
    assert.doesNotMatch(first.outputs['access-tokens'] ?? '', /\n/);
    assert.ok(first.masks.includes(first.outputs['access-tokens'] ?? ''), 'access-tokens is not masked');
    assert.match(first.summary, /Tokens for/);
    assert.match(
      logOf(first),
      /for https:\/\/graph\.microsoft\.com refreshed silently.*All 2 access tokens of alice/s,
    );

    authority.clearRequests();
    const cached = await run(schedule(), { inputs });
    assert.deepEqual([cached.outputs['source'], cached.outputs['saved-to']], ['cache', '']);
    assert.equal(cached.outputs['access-tokens'], first.outputs['access-tokens']);
    assert.equal(entraRequests(), 0);

    // More than an hour later, for what the tokens still have to last.
    const refreshed = await run(schedule(), { inputs: { ...inputs, 'minimum-lifetime-minutes': '1440' } });
    assert.deepEqual(
      [refreshed.outputs['source'], refreshed.outputs['saved-to']],
      ['refresh', 'workflow-cache'],
    );
    assert.equal(entraRequests(), 2);

    const me = await sandbox.callGraph(
      (JSON.parse(refreshed.outputs['access-tokens'] ?? '') as Record<string, string>)[
        'https://graph.microsoft.com'
      ] ?? '',
    );
    assert.equal(me.status, 200);
  },
);
