import assert from 'node:assert/strict';
import test from 'node:test';
import { runDemo, runsIn } from './demo-process.ts';

test('The demo shows a sign-in, a refresh at night when the token has expired, and a run without requests', async () => {
  const { exitCode, stdout } = await runDemo('--auto');
  assert.equal(exitCode, 0);
  const [signIn = '', night = '', next = ''] = runsIn(stdout);

  assert.match(signIn, /source: sign-in/);
  assert.match(night, /scheduled at night/);
  assert.match(night, /source: refresh/);
  assert.match(night, /grant_type=refresh_token → 200\n {2}Total: 1$/m);
  assert.match(next, /source: cache/);
  assert.match(next, /Requests to Microsoft Entra:\n {2}Total: 0$/m);
  for (const run of [signIn, night, next]) assert.match(run, /"userPrincipalName":"alice@sandbox\.example"/);
  assert.doesNotMatch(stdout, /^ *Warning:/m);
});

test('The demo of a sign-in over two jobs ends with a refresh at night as well', async () => {
  const { exitCode, stdout } = await runDemo('--split', '--auto');
  assert.equal(exitCode, 0);
  const [ask = '', report = '', askAtNight = '', reportAtNight = ''] = runsIn(stdout);

  assert.match(ask, /pending-sign-in: entra-user-token-pending\./);
  assert.match(report, /source: sign-in/);
  assert.match(askAtNight, /source: refresh/);
  assert.match(reportAtNight, /Total: 0$/m);
});
