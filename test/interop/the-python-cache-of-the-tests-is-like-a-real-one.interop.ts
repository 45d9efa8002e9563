import assert from 'node:assert/strict';
import { alice, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { pythonCacheOf } from '../e2e/python-cache.ts';
import { scenario } from '../e2e/scenario.ts';
import { signInWithPython } from './msal-python.ts';

const host = 'login.microsoftonline.com';

scenario(
  'The cache that other tests take for MSAL Python’s has the keys and members of a real one',
  async ({ sandbox }) => {
    const where = { authority: `https://${host}/${sandboxTenant.id}`, wellKnown: true };
    const real = await signInWithPython(sandbox, where, alice.username);

    assert.deepEqual(shapeOf(await pythonCacheOf(sandbox, host)), shapeOf(real.cache));
  },
);

/** The keys of the entries, and the names of their members. */
function shapeOf(cache: string): unknown {
  const sections = Object.entries(JSON.parse(cache) as Record<string, Record<string, object>>);
  return sections
    .map(([section, entries]) => [
      section,
      Object.entries(entries).map(([key, entry]) => [key, Object.keys(entry).sort()]),
    ])
    .sort();
}
