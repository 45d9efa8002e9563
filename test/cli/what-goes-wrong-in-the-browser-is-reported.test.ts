import assert from 'node:assert/strict';
import { request } from 'node:http';
import { alice, bob } from '../../sandbox/authority/directory.ts';
import { entraError } from '../../sandbox/authority/entra-error.ts';
import { scenario } from '../e2e/scenario.ts';
import { needsSignals } from '../sandbox/signals.ts';
import { granted } from '../unit/fakes/answers.ts';
import { Companion, seedArguments, seedByBrowser } from './companion.ts';

scenario('Where no browser opens it says so, and goes on waiting', async ({ sandbox }) => {
  const env = { OPENER_ENDS_WITH: '3' };
  await using companion = await Companion.start(seedArguments, { sandbox, env });
  await companion.told(/The browser did not open \(.*open exited with 3\)\. Open the address above/);
  await sandbox.authority.signInByBrowser(await companion.authorizationUrl(), alice.username);

  assert.equal((await companion.ended).exitCode, 0);
});

scenario('Cancel in the browser ends the seeding, and nothing is printed', async ({ sandbox }) => {
  await using companion = await Companion.start(seedArguments, { sandbox });
  await sandbox.authority.declineByBrowser(await companion.authorizationUrl());
  const { exitCode, output, told } = await companion.ended;

  assert.equal(exitCode, 1);
  assert.equal(output, '');
  assert.match(told, /The sign-in did not succeed\.\nWhy: the sign-in was declined/);
});

scenario('The wrong account is refused, and nothing is printed', async ({ sandbox }) => {
  const words = [...seedArguments, '--account', alice.username];
  const { exitCode, output, told } = await seedByBrowser(sandbox, words, { username: bob.username });

  assert.equal(exitCode, 1);
  assert.equal(output, '');
  assert.match(told, /only alice@sandbox\.example is accepted, and bob@sandbox\.example/);
});

scenario(
  'A policy that blocks the sign-in is reported with a text for the administrator',
  async ({ sandbox }) => {
    sandbox.authority.faults.add('token:authorization_code', { kind: 'respond', ...entraError(53003) });
    const { exitCode, output, told } = await seedByBrowser(sandbox);

    assert.equal(exitCode, 1);
    assert.equal(output, '');
    assert.match(told, /For your administrator: for an automated workflow I sign in by browser to the app/);
    assert.match(told, /AADSTS53003/);
  },
);

const aliceInSandbox = { username: alice.username, oid: alice.objectId, tid: alice.tenantId };

scenario(
  'A sign-in without a refresh token is not printed: it would end with its access token',
  async ({ sandbox }) => {
    const { refresh_token: _, ...answer } = JSON.parse(granted(aliceInSandbox).body);
    const body = JSON.stringify(answer);
    sandbox.authority.faults.add('token:authorization_code', { kind: 'respond', status: 200, body });
    const { exitCode, output, told } = await seedByBrowser(sandbox);

    assert.equal(exitCode, 1);
    assert.equal(output, '');
    assert.match(told, /The sign-in cannot be saved\.\nWhy: Entra returned no refresh token/);
  },
);

scenario('Where the program behind the pipe has ended, the seeding fails', async ({ sandbox }) => {
  await using companion = await Companion.start(seedArguments, { sandbox });
  const url = await companion.authorizationUrl();
  companion.process.stdout?.destroy();
  await sandbox.authority.signInByBrowser(url, alice.username);
  const { exitCode, told } = await companion.ended;

  assert.equal(exitCode, 1);
  assert.match(told, /The result could not be printed\./);
});

scenario(
  'A response with another state than was sent is refused, and the sign-in goes on',
  async ({ sandbox }) => {
    await using companion = await Companion.start(seedArguments, { sandbox });
    const url = await companion.authorizationUrl();
    const redirectUri = new URL(url).searchParams.get('redirect_uri') ?? '';

    const status = await post(redirectUri, { code: 'of an attacker', state: 'guessed' });
    assert.equal(status, 400);
    assert.deepEqual(
      sandbox.authority.requests.filter(({ endpoint }) => endpoint === 'token'),
      [],
    );

    await sandbox.authority.signInByBrowser(url, alice.username);
    assert.equal((await companion.ended).exitCode, 0);
  },
);

scenario(
  'Interrupted while it waits, it leaves with 130, prints nothing and listens no more',
  async ({ sandbox }) => {
    await using companion = await Companion.start(seedArguments, { sandbox });
    const redirectUri = new URL(await companion.authorizationUrl()).searchParams.get('redirect_uri') ?? '';
    companion.process.kill('SIGINT');
    const { exitCode, output, told } = await companion.ended;

    assert.equal(exitCode, 130);
    assert.equal(output, '');
    assert.match(told, /^Interrupted\. Nothing was printed or saved\.$/m);
    await assert.rejects(post(redirectUri, { code: 'late' }), { code: 'ECONNREFUSED' });
  },
  needsSignals,
);

function post(url: string, form: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(url);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    request({ host: '127.0.0.1', port, method: 'POST', headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end(new URLSearchParams(form).toString());
  });
}
