import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sandboxTenant } from '../../sandbox/authority/directory.ts';
import { findLeaks } from '../../sandbox/leaks.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import '../e2e/fresh-dist.ts';
import { secretOutputs } from '../e2e/secret-outputs.ts';
import { seededCache } from '../e2e/seeded-cache.ts';
import { preload } from './preload.ts';

for (const [planted, told] of [
  ['nowhere', undefined],
  ['standard output', { form: 'as is', place: 'standard output' }],
  ['standard output, in hexadecimal', { form: 'hex', place: 'log' }],
  ['standard output, its signature alone', { form: 'JWT signature', place: 'standard output' }],
  ['standard error', { form: 'as is', place: 'standard error' }],
  ['the summary', { form: 'as is', place: 'summary before masks' }],
  ['an output', { form: 'as is', place: 'output other' }],
  ['the state', { form: 'as is', place: 'state token' }],
  ['the environment of later steps', { form: 'as is', place: 'environment TOKEN' }],
  ['a file in RUNNER_TEMP', { form: 'as is', place: 'left in runnerTemp: left' }],
  ['an annotation', { form: 'as is', place: 'notice annotation' }],
] as const) {
  test(`An access token that is planted in ${planted} is ${told ? 'reported' : 'not reported'}`, async () => {
    await using sandbox = await startSandbox();
    const cache = await seededCache(sandbox);
    const token = sandbox.authority.secrets.find(({ kind }) => kind === 'access_token')?.value ?? '';
    const running = await sandbox.start(schedule(), {
      inputs: { 'token-cache': cache, 'tenant-id': sandboxTenant.id },
      secrets: [cache],
      env: { ...preload('planted-leak.ts'), PLANTED_PLACE: planted, PLANTED_TOKEN: token },
    });
    const run = await running.finished;
    assert.equal(run.outputs['source'], 'cache');
    const secret = { kind: 'access token', value: token };
    const leaks = findLeaks([secret], run, { secretOutputs });
    if (told)
      assert.ok(
        leaks.some(({ form, place }) => form === told.form && place === told.place),
        JSON.stringify(leaks),
      );
    else assert.deepEqual(leaks, []);
    assert.ok(!JSON.stringify(leaks).includes(token), 'the report is the next leak');
    await running.dispose();
  });
}
