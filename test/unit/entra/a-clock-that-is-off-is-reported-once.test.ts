import assert from 'node:assert/strict';
import test from 'node:test';
import { minutes, seconds } from '../../../src/clock.ts';
import { warningOfSkew } from '../../../src/entra/clock-skew.ts';
import type { HttpResponse } from '../../../src/http/transport.ts';
import { deviceCode, granted, json, pending } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const dated = (response: HttpResponse, date: string | number): HttpResponse => ({
  ...response,
  headers: { ...response.headers, date: typeof date === 'string' ? date : new Date(date).toUTCString() },
});

/** A sign-in in which each response has a date so far from this machine's clock. */
async function warningsOf(date: string | number): Promise<readonly string[]> {
  const by = (response: HttpResponse): HttpResponse =>
    dated(response, typeof date === 'string' ? date : Date.now() + date);
  const world = worldWith({
    deviceCode: [by(deviceCode())],
    token: [by(pending), by(json(503, {})), by(pending), by(granted(alice))],
  });
  const warnings: string[] = [];
  const onSkew = warningOfSkew((line) => warnings.push(line));
  const ports = { ...world.ports, network: { ...world.ports.network, onSkew } };
  const { source } = await run({ ...world, ports });
  assert.equal(source, 'sign-in');
  return warnings;
}

test('A clock that is minutes behind the server’s is reported once, and changes nothing', async () => {
  const warnings = await warningsOf(minutes(20));
  assert.equal(warnings.length, 1);
  assert.match(
    warnings[0] ?? '',
    /^The clock of this machine is 20 minutes behind, compared with the authority's\./,
  );
});

test('A clock that is hours ahead of the server’s is reported once, and changes nothing', async () => {
  const warnings = await warningsOf(-minutes(120));
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /is 12[01] minutes ahead, compared with the authority's\./);
});

test('A clock that is off by less than a minute, and a date that is none, are no matter', async () => {
  assert.deepEqual(await warningsOf(seconds(40)), []);
  assert.deepEqual(await warningsOf(''), []);
  assert.deepEqual(await warningsOf('yesterday'), []);
});

test('The date of what is no response of the authority says nothing', async () => {
  const early = new Date(0).toUTCString();
  const world = worldWith({
    deviceCode: [deviceCode()],
    token: [dated(json(503, {}), early), dated({ ...pending, body: '<html>' }, early), granted(alice)],
  });
  const onSkew = (): void => assert.fail('it was told');
  await run({ ...world, ports: { ...world.ports, network: { ...world.ports.network, onSkew } } });
});
