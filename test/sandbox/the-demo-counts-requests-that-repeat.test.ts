import assert from 'node:assert/strict';
import test from 'node:test';
import { formatRequests } from '../../sandbox/demo/request-list.ts';

const path = '/organizations/oauth2/v2.0/token';
const poll = { method: 'POST', path, grantType: 'device_code', status: 400, error: 'authorization_pending' };

test('Polls while a sign-in is pending are one line that counts them', () => {
  const code = { ...poll, path: '/organizations/oauth2/v2.0/devicecode', grantType: undefined };
  const requests = [
    { ...code, status: 200, error: undefined },
    ...Array.from({ length: 31 }, () => poll),
    { ...poll, status: 200, error: undefined },
  ];
  assert.deepEqual(formatRequests(requests), [
    'POST /organizations/oauth2/v2.0/devicecode → 200',
    `POST ${path} grant_type=device_code → 400 authorization_pending (31 times)`,
    `POST ${path} grant_type=device_code → 200`,
    'Total: 33',
  ]);
});

test('What differs keeps its own line and its place', () => {
  const slow = { ...poll, error: 'slow_down' };
  const lost = { ...poll, status: undefined, error: undefined };
  assert.deepEqual(formatRequests([poll, slow, poll, poll, lost]), [
    `POST ${path} grant_type=device_code → 400 authorization_pending`,
    `POST ${path} grant_type=device_code → 400 slow_down`,
    `POST ${path} grant_type=device_code → 400 authorization_pending (2 times)`,
    `POST ${path} grant_type=device_code → no response`,
    'Total: 5',
  ]);
});

test('No request is a total of 0', () => {
  assert.deepEqual(formatRequests([]), ['Total: 0']);
});
