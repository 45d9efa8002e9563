import assert from 'node:assert/strict';
import { existsSync, promises } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { type TestContext, test } from 'node:test';
import { restoreEntries } from '../../../src/stores/workflow-cache/cache-process.ts';
import { standInChild } from '../fakes/cache-child.ts';

/** Removing a folder begins, and is let go on later. */
function heldRemoval(context: TestContext): { readonly begun: Promise<string>; letGo(): void } {
  const { rm } = promises;
  const begun = Promise.withResolvers<string>();
  const held = Promise.withResolvers<undefined>();
  context.mock.method(promises, 'rm', async (...called: Parameters<typeof rm>) => {
    begun.resolve(String(called[0]));
    await held.promise;
    return rm(...called);
  });
  syncBuiltinESMExports();
  context.after(() => {
    context.mock.restoreAll();
    syncBuiltinESMExports();
  });
  return { begun: begun.promise, letGo: () => held.resolve(undefined) };
}

test('the folder of the cache process is removed also when this process exits while it is being removed', async (context) => {
  const before = new Set(process.listeners('exit'));
  await using child = await standInChild(`await answer({ kind: 'miss' });`);
  const removal = heldRemoval(context);
  const restored = restoreEntries(['key-'], child, { within: 60_000 });
  const folder = await removal.begun;
  assert.ok(existsSync(folder));

  for (const listener of process.listeners('exit')) if (!before.has(listener)) listener.call(process, 0);
  const isRemoved = !existsSync(folder);
  removal.letGo();
  assert.deepEqual(await restored, [{ kind: 'miss' }]);
  assert.ok(isRemoved);
  assert.deepEqual(new Set(process.listeners('exit')), before);
});
