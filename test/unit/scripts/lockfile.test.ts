import assert from 'node:assert/strict';
import { test } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import lockfile from '../../../package-lock.json' with { type: 'json' };
import importsManifest from '../../../tools/imports/package.json' with { type: 'json' };
import importsLockfile from '../../../tools/imports/package-lock.json' with { type: 'json' };
import mutationManifest from '../../../tools/mutation/package.json' with { type: 'json' };
import mutationLockfile from '../../../tools/mutation/package-lock.json' with { type: 'json' };

type Locked = { readonly resolved?: string; readonly integrity?: string };

test('the lockfiles name no other registry than npm’s own, and have a hash of every package', () => {
  for (const { packages } of [lockfile, importsLockfile, mutationLockfile]) {
    // Of the first entry, this package itself, neither is asked.
    const { '': _, ...locked } = packages;
    for (const [path, entry] of Object.entries<Locked>(locked)) {
      assert.match(
        entry.resolved ?? 'https://registry.npmjs.org/',
        /^https:\/\/registry\.npmjs\.org\//,
        path,
      );
      assert.match(entry.integrity ?? '', /^sha512-/, path);
    }
  }
});

test('every dependency has an exact version', () => {
  const { dependencies, devDependencies } = manifest;
  const all = { ...dependencies, ...devDependencies };
  for (const dependencies of [all, importsManifest.devDependencies, mutationManifest.devDependencies])
    for (const [name, version] of Object.entries(dependencies))
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
});
