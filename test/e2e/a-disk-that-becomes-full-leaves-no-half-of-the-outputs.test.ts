import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { alice, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule, type WorkflowEvent, workflowDispatch } from '../../sandbox/runner/events.ts';
import { needsSignals } from '../sandbox/signals.ts';
import { logOf, scenario, shownCode } from './scenario.ts';
import { seededCache } from './seeded-cache.ts';

const fullAfter = (writes: number) => ({
  NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'full-disk.ts')).href}`,
  FULL_AFTER: String(writes),
});

for (const writes of [0, 3]) {
  scenario(
    `When the disk is full after ${writes} outputs, a silent run fails with none of them`,
    async ({ sandbox, run, keepSecret }) => {
      const cache = await seededCache(sandbox);
      keepSecret('token-cache', cache);
      const failed = await run(schedule(), {
        inputs: { 'token-cache': cache, 'tenant-id': sandboxTenant.id },
        secrets: [cache],
        env: fullAfter(writes),
      });
      assert.equal(failed.exitCode, 1);
      assert.deepEqual(failed.outputs, {});
      for (const text of [failed.annotations[0]?.message ?? '', failed.raw.stderr])
        assert.match(text, /The outputs of this step could not be written\.\nWhy: .* disk that is full/);
    },
  );
}

scenario('When the disk is full after a person signed in, the sign-in is saved', async (world) => {
  const failed = await world.runAndSignIn(workflowDispatch(), alice.username, { env: fullAfter(5) });
  assert.equal(failed.exitCode, 1);
  assert.deepEqual(failed.outputs, {});
  assert.match(logOf(failed), /was saved to the workflow cache/);
  assert.equal((await world.run(schedule())).outputs['source'], 'cache');
});

scenario('When a step that does not wait cannot hand on its sign-in, it fails', async ({ run }) => {
  const failed = await run(workflowDispatch(), {
    inputs: { 'wait-for-sign-in': 'false' },
    env: fullAfter(1),
  });
  assert.equal(failed.exitCode, 1);
  assert.deepEqual(failed.outputs, {});
  assert.match(failed.raw.stderr, /could not be written/);
});

const endings: readonly (readonly [string, () => WorkflowEvent, Readonly<Record<string, string>>, RegExp])[] =
  [
    ['a refusal', schedule, {}, /Someone must sign in, and this run cannot ask anyone/],
    ['a bad input', schedule, { 'sign-in': 'perhaps' }, /The inputs of this step are not right/],
  ];
for (const [what, event, inputs, says] of endings) {
  scenario(`When the disk is full, ${what} is reported all the same`, async ({ run }) => {
    const failed = await run(event(), { inputs, env: fullAfter(0) });
    assert.equal(failed.exitCode, 1);
    assert.deepEqual(failed.outputs, {});
    for (const text of [failed.annotations[0]?.message ?? '', failed.raw.stderr]) {
      assert.match(text, says);
      assert.match(text, /The output error-code could not be set\. Why: .* disk that is full/);
    }
  });
}

scenario(
  'When the disk is full, a cancelled run says that it was cancelled, and why there is no output',
  async ({ start }) => {
    const running = await start(workflowDispatch(), { env: fullAfter(0) });
    await shownCode(running);
    running.signal('SIGINT');
    const cancelled = await running.finished;
    assert.equal(cancelled.exitCode, 1);
    assert.deepEqual(cancelled.outputs, {});
    assert.match(cancelled.raw.stderr, /Cancelled\.\n(.*\n)+.*disk that is full/);
  },
  { settings: { intervalSeconds: 300 }, ...needsSignals },
);
