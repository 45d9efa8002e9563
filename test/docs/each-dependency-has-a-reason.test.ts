import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { Tokens } from 'marked';
import { readPage, root } from './markdown-pages.ts';

test('docs/architecture.md has each runtime dependency, with its reason', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const table = readPage('docs/architecture.md')
    .tokens.filter((token): token is Tokens.Table => token.type === 'table')
    .find(({ header }) => header[0]?.text === 'Package');
  const named = (table?.rows ?? []).flatMap(([packages, reason]) => {
    assert.ok(reason?.text, packages?.text);
    return [...(packages?.text.matchAll(/`([^`]+)`/g) ?? [])].map(([, name]) => name);
  });
  assert.deepEqual(named.sort(), Object.keys(dependencies).sort());
});
