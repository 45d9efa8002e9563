import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alice, bob, carol, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { startAuthorityWithClient } from '../../sandbox/authority/entra-client.ts';
import { Person } from '../../sandbox/authority/person.ts';

test('a mistyped code is reported, and can be typed again', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  const { body: code } = await client.requestDeviceCode();

  await assert.rejects(authority.signIn('WRONGCODE', alice.username), /not a code we know/);

  await authority.signIn(String(code['user_code']).toLowerCase(), alice.username);
  assert.equal((await client.poll(code['device_code'])).status, 200);
});

test('a code that was used brings no second person in', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  const { body: code } = await client.requestDeviceCode();
  await authority.signIn(String(code['user_code']), alice.username);

  await assert.rejects(authority.signIn(String(code['user_code']), bob.username), /used already/);
});

test('a person who left the page half way may start again', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  const { body: code } = await client.requestDeviceCode();

  // Bob came as far as the choice of the account, but is not in a list of personal accounts.
  await assert.rejects(authority.signIn(String(code['user_code']), carol.username), /does not offer/);

  await authority.signIn(String(code['user_code']), bob.username);
  assert.equal((await client.poll(code['device_code'])).status, 200);
});

test('two people can sign in one after the other in the same browser', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, certificateAuthority, client } = sandbox;
  const browser = new Person(authority.signInOrigin, {
    port: authority.port,
    ca: certificateAuthority.certificatePem,
  });
  for (const person of [alice, bob, alice]) {
    const { body: code } = await client.requestDeviceCode();
    await browser.signIn(String(code['user_code']), `${person.objectId}.${person.tenantId}`);
    const { body: tokens } = await client.poll(code['device_code']);
    const { body: me } = await client.callGraph(tokens['access_token']);
    assert.equal(me['userPrincipalName'], person.username);
  }
});

test('a personal account signs in through consumers and common, not through organizations', async () => {
  await using sandbox = await startAuthorityWithClient();
  for (const tenant of ['consumers', 'common']) {
    const { status, body } = await sandbox.clientOf({ tenant }).signIn(carol.username);
    assert.equal(status, 200);
    const clientInfo = JSON.parse(Buffer.from(String(body['client_info']), 'base64url').toString());
    assert.deepEqual(clientInfo, { uid: carol.objectId, utid: '9188040d-6c67-4c5b-b112-36a304b66dad' });
  }
  await assert.rejects(sandbox.client.signIn(carol.username), /does not offer/);
});

test('names that would break a page or a log are only text on the page, and come through whole', async () => {
  const hostile = {
    objectId: 'bad00000-0000-4000-8000-000000000009',
    tenantId: sandboxTenant.id,
    username: 'mallory@sandbox.example',
    displayName: `<script>alert(1)</script> "'& ::error::no`,
  };
  await using sandbox = await startAuthorityWithClient({ accounts: [hostile] });
  const { authority, client } = sandbox;

  const { body: tokens } = await client.signIn(hostile.username);

  const { body: me } = await client.callGraph(tokens['access_token']);
  assert.equal(me['displayName'], hostile.displayName);
  const { body: code } = await client.requestDeviceCode();
  const html = await accountPageOf(authority.signInOrigin, String(code['user_code']));
  assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt; &quot;&#39;&amp; ::error::no/);
  assert.doesNotMatch(html, /<script/);
});

test('the page says that it is no page of Microsoft’s, and fetches nothing', async () => {
  await using sandbox = await startAuthorityWithClient();
  const response = await fetch(`${sandbox.authority.signInOrigin}/devicelogin`);
  const html = await response.text();
  assert.match(html, /This is not Microsoft/);
  assert.doesNotMatch(html, /(src|href)="http/);
  assert.equal(response.headers.get('content-security-policy')?.startsWith("default-src 'none'"), true);
});

test('a page that is out of date leads back to the code', async () => {
  await using sandbox = await startAuthorityWithClient();
  const response = await fetch(`${sandbox.authority.signInOrigin}/interaction/long-gone`);
  assert.match(await response.text(), /out of date.*href="\/devicelogin"/s);
});

async function accountPageOf(origin: string, userCode: string): Promise<string> {
  const form = await fetch(`${origin}/devicelogin`);
  const cookies = cookiesOf(form);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(await form.text())?.[1] ?? '';
  const entered = await fetch(`${origin}/devicelogin`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookies },
    body: new URLSearchParams({ xsrf, user_code: userCode, confirm: 'yes' }),
  });
  const page = new URL(entered.headers.get('location') ?? '', origin);
  return (await fetch(page, { headers: { cookie: `${cookies}; ${cookiesOf(entered)}` } })).text();
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
