import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { sandboxTenant } from '../../sandbox/authority/directory.ts';
import type { ActionRun } from '../../sandbox/runner/action-run.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario, type World } from './scenario.ts';
import { toolsInPath, unlessThere } from './tools-in-path.ts';

const gzipOnly = { tar: 'real', gzip: 'real' } as const;
const both = { ...gzipOnly, zstd: 'real', zstdmt: 'real', unzstd: 'real' } as const;
const needed = { skip: unlessThere(...Object.keys(both)) };

const lookUps = ({ sandbox }: World): number =>
  sandbox.cacheService.requests.filter(({ endpoint }) => endpoint === 'lookup').length;

function assertTold(night: ActionRun, words: RegExp): void {
  assert.deepEqual(night.outputs, { 'error-code': 'sign-in-needed' });
  assert.match(logOf(night), words);
}

scenario(
  'A sign-in that was saved with zstd is reported on a machine without it',
  async (world) => {
    await using with_ = await toolsInPath(both);
    await using without = await toolsInPath(gzipOnly);
    await world.runAndSignIn(workflowDispatch(), undefined, { env: { PATH: with_.PATH } });
    const before = lookUps(world);
    const night = await world.run(schedule(), { env: { PATH: without.PATH } });
    assertTold(
      night,
      /Why: .*no stored sign-in; the workflow cache has an entry that was packed with zstd, which this machine lacks/,
    );
    assert.equal(lookUps(world) - before, 3);
  },
  needed,
);

scenario(
  'A sign-in that was saved without zstd is reported on a machine with it',
  async (world) => {
    await using with_ = await toolsInPath(both);
    await using without = await toolsInPath(gzipOnly);
    await world.runAndSignIn(workflowDispatch(), undefined, { env: { PATH: without.PATH } });
    const night = await world.run(schedule(), { env: { PATH: with_.PATH } });
    assertTold(night, /packed on a machine without zstd/);
  },
  needed,
);

scenario('A sign-in that was sealed with another key is reported', async (world) => {
  await world.runAndSignIn(workflowDispatch());
  const other = randomBytes(32).toString('base64');
  world.keepSecret('encryption-key', other);
  const night = await world.run(schedule(), { inputs: { 'encryption-key': other }, secrets: [other] });
  assertTold(night, /sealed with another key \(was encryption-key changed\?\)/);
});

scenario(
  'Where nothing is stored, what cannot be seen is listed; and a silent run looks for nothing else',
  async (world) => {
    const night = await world.run(schedule());
    assertTold(night, /no entry for this client-id, tenant, account, and cache-name/);
    await world.runAndSignIn(workflowDispatch());
    const before = lookUps(world);
    assert.equal((await world.run(schedule())).outputs['source'], 'cache');
    assert.equal(lookUps(world) - before, 1);
  },
);

for (const [input, value] of [
  ['cache-name', 'another'],
  ['account', 'bob@contoso.example'],
  ['tenant-id', sandboxTenant.id],
] as const) {
  scenario(`A sign-in that was saved under another ${input} is reported`, async (world) => {
    await world.runAndSignIn(workflowDispatch());
    const night = await world.run(schedule(), { inputs: { [input]: value } });
    assertTold(
      night,
      /an entry for another client-id, tenant, account, or cache-name \(was one of these changed\?\)/,
    );
  });
}

scenario('A look-up that fails takes nothing away from what is reported', async (world) => {
  const isLookUp = { kind: 'respond', status: 503, body: '{"code":"unavailable","msg":"down"}' } as const;
  world.sandbox.cacheService.faults.add('lookup', isLookUp, { after: 1, times: 9 });
  const night = await world.run(schedule());
  assertTold(
    night,
    /Why: .*no stored sign-in; nobody has signed in yet, GitHub removed .* encryption-key, client-id/,
  );
});
