import assert from 'node:assert/strict';
import { test } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import lockfile from '../../../package-lock.json' with { type: 'json' };

type Locked = { readonly resolved?: string; readonly integrity?: string };

// Of the first entry, this package itself, neither is asked.
const { '': _, ...packages } = lockfile.packages;

test('the lockfile names no other registry than npm’s own, and has a hash of every package', () => {
  for (const [path, entry] of Object.entries<Locked>(packages)) {
    assert.match(entry.resolved ?? 'https://registry.npmjs.org/', /^https:\/\/registry\.npmjs\.org\//, path);
    assert.match(entry.integrity ?? '', /^sha512-/, path);
  }
});

test('every dependency has an exact version', () => {
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
  }
});
