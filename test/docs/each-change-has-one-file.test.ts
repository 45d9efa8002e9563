import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './markdown-pages.ts';

const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const [, section = ''] = page.split('## Where to change what\n');
const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (?!To change|---)(.+?) \| (.+) \|$/gm)];

test('The page names the file for each of ten changes', () => {
  assert.equal(rows.length, 10);
  for (const [, change = '', where = ''] of rows) {
    const paths = [...where.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);
    assert.notEqual(paths.length, 0, change);
    for (const path of paths) assert.ok(existsSync(join(root, path)), `${change}: ${path}`);
  }
});
