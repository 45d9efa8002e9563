import assert from 'node:assert/strict';
import { sandboxTenant } from '../../sandbox/authority/directory.ts';
import { findLeaksIn } from '../../sandbox/leaks.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from '../e2e/scenario.ts';
import { cacheWith } from './cache-with.ts';

for (const [what, token] of [
  ['percent signs', 'token%25with%0Apercent%0D%3Asigns'],
  ['quotes', `token"with'quotes\`and\\backslash`],
  ['line breaks', 'first-line-of-token\nsecond-line-of-token\r\nthird-line-of-token'],
  ['what a command is made of', '::stop-commands::token ##[group]token'],
  ['signs that XML and PowerShell escape', 'token&with<signs>and&+more'],
] as const) {
  scenario(`A token with ${what} is masked and handed over whole`, async ({ sandbox, run, keepSecret }) => {
    const [accessToken, refreshToken] = [`access-${token}`, `refresh-${token}`];
    const cache = await cacheWith(sandbox, { accessToken, refreshToken });
    for (const secret of [accessToken, refreshToken, cache]) keepSecret(what, secret);
    const silent = await run(schedule(), {
      inputs: { 'token-cache': cache, 'tenant-id': sandboxTenant.id },
      secrets: [cache],
      debug: true,
    });
    assert.equal(silent.outputs['source'], 'cache');
    assert.equal(silent.outputs['access-token'], accessToken);
    for (const secret of [accessToken, refreshToken]) {
      const printed = [secret, JSON.stringify(secret)].map((text) =>
        silent.mask(`a later step prints ${text}.`),
      );
      assert.deepEqual(
        findLeaksIn(
          [{ kind: what, value: secret }],
          [{ place: 'a later step', content: printed.join('\n') }],
        ),
        [],
      );
    }
  });

  scenario(
    `A refresh token with ${what} that no longer works is not shown`,
    async ({ sandbox, run, keepSecret }) => {
      const refreshToken = `refresh-${token}`;
      const cache = await cacheWith(sandbox, { refreshToken });
      for (const secret of [refreshToken, cache]) keepSecret(what, secret);
      const dead = await run(schedule(), {
        inputs: { 'token-cache': cache, 'tenant-id': sandboxTenant.id, 'minimum-lifetime-minutes': '1440' },
        secrets: [cache],
        debug: true,
      });
      assert.deepEqual(dead.outputs, { 'error-code': 'sign-in-needed' });
    },
  );
}

scenario('Payload and signature of a JWT are masked on their own', async ({ sandbox, run, runAndSignIn }) => {
  for (const one of [await runAndSignIn(workflowDispatch()), await run(schedule())]) {
    const jwts = sandbox.authority.secrets.filter(({ value }) => value.startsWith('eyJ'));
    assert.ok(jwts.length >= 2);
    for (const { value } of jwts.filter(({ kind }) => kind !== 'device_code')) {
      const [, payload = '', signature = ''] = value.split('.');
      assert.ok(one.masks.includes(payload) && one.masks.includes(signature));
    }
  }
});
