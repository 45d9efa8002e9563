import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alice } from '../../sandbox/authority/directory.ts';
import { startAuthorityWithClient } from '../../sandbox/authority/entra-client.ts';
import { entraError } from '../../sandbox/authority/entra-error.ts';

// An orderly end before the answer has this code too; the system call tells a true reset.
const isReset = { code: 'ECONNRESET', syscall: 'read' };

test('a connection that is reset before the request leaves everything as it was', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  authority.faults.add('device-code', { kind: 'reset' });

  await assert.rejects(client.requestDeviceCode(), isReset);

  assert.deepEqual(authority.secrets, []);
  assert.equal(authority.requests[0]?.fault, 'reset');
  assert.equal(authority.requests[0]?.status, undefined);
  assert.equal((await client.requestDeviceCode()).status, 200, 'one fault strikes once');
});

test('a connection that is reset after the request has cost the client a token', async () => {
  await using sandbox = await startAuthorityWithClient({ settings: { rotateAndRevoke: true } });
  const { authority, client } = sandbox;
  const token = (await client.signIn(alice.username)).body['refresh_token'];
  const given = authority.secrets.length;
  authority.faults.add('token:refresh_token', { kind: 'reset-after' });

  await assert.rejects(client.refresh(token), isReset);

  assert.equal(authority.secrets.length, given + 3, 'tokens were made, and are known for the leak check');
  assert.equal((await client.refresh(token)).body['error'], 'invalid_grant');
});

test('a truncated response begins well and ends in a reset', async () => {
  await using sandbox = await startAuthorityWithClient();
  sandbox.authority.faults.add('discovery', { kind: 'truncate' });
  const path = '/organizations/v2.0/.well-known/openid-configuration';

  await assert.rejects(sandbox.client.send(path), { code: 'ECONNRESET' });

  assert.equal((await sandbox.client.send(path)).status, 200);
});

test('a delayed response comes late, and whole', async () => {
  await using sandbox = await startAuthorityWithClient();
  sandbox.authority.faults.add('device-code', { kind: 'delay', milliseconds: 150 });
  const started = performance.now();

  const { status } = await sandbox.client.requestDeviceCode();

  assert.equal(status, 200);
  assert.ok(performance.now() - started >= 145);
});

test('a response can be put in the place of the real one, such as an error of Entra’s', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
  authority.faults.add('token', { kind: 'respond', ...entraError(50076, { claims }) });
  authority.faults.add('token', { kind: 'respond', status: 503, body: '<html>down</html>' });

  const { status, body } = await client.refresh('any');
  assert.equal(status, 400);
  assert.deepEqual(
    [body['error'], body['suberror'], body['claims']],
    ['invalid_grant', 'basic_action', claims],
  );
  assert.match(
    String(body['error_description']),
    /^AADSTS50076: .+ Trace ID: [-0-9a-f]{36} Correlation ID: [-0-9a-f]{36} Timestamp: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
  );
  assert.equal((await client.refresh('any')).status, 503);
  assert.deepEqual(
    authority.requests.map((entry) => entry.status),
    [400, 503],
  );
});

test('a fault can wait for its turn, strike several times, and be called off', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  authority.faults.add('device-code', { kind: 'respond', status: 500 }, { after: 1, times: 2 });
  authority.faults.add(
    ({ path }) => path.includes('/consumers/'),
    { kind: 'respond', status: 502 },
    { times: Infinity },
  );

  const statuses: number[] = [];
  for (let turn = 0; turn < 4; turn += 1) statuses.push((await client.requestDeviceCode()).status);
  assert.deepEqual(statuses, [200, 500, 500, 200]);

  const consumers = sandbox.clientOf({ tenant: 'consumers' });
  assert.equal((await consumers.requestDeviceCode()).status, 502);
  assert.equal((await consumers.requestDeviceCode()).status, 502);
  authority.faults.clear();
  assert.equal((await consumers.requestDeviceCode()).status, 200);
});

test('stopping is prompt though a request hangs and another is delayed', async () => {
  const { authority, client } = await startAuthorityWithClient();
  authority.faults.add('device-code', { kind: 'hang' });
  authority.faults.add('device-code', { kind: 'delay', milliseconds: 3_600_000 });
  const pending = [assert.rejects(client.requestDeviceCode()), assert.rejects(client.requestDeviceCode())];
  while (authority.requests.length < 2) await new Promise(setImmediate);

  // A stop that waited for what hangs or is delayed would hold the test for ever.
  await authority.stop();

  await Promise.all(pending);
  await assert.rejects(client.requestDeviceCode(), { code: 'ECONNREFUSED' });
});

test('more requests in a second than allowed receive Retry-After', async () => {
  await using sandbox = await startAuthorityWithClient({ settings: { requestsPerSecond: 3 } });

  const answers = await Promise.all(Array.from({ length: 12 }, () => sandbox.client.requestDeviceCode()));

  const refused = answers.filter(({ status }) => status === 429);
  assert.ok(refused.length >= 6, 'at most two seconds were touched');
  assert.ok(refused.every(({ headers }) => headers['retry-after'] === '1'));
  assert.ok(answers.some(({ status }) => status === 200));
});
