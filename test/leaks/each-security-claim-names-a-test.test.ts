import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import test from 'node:test';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
const policy = readFileSync(join(root, 'SECURITY.md'), 'utf8');

test('Each test that docs/security.md names is there, under the name that is shown', () => {
  const links = [...page.matchAll(/\[([^\]]+\.ts)\]\(([^)]+)\)/g)];
  assert.ok(links.length > 30);
  for (const [, name = '', path = ''] of links) {
    assert.equal(basename(path), name);
    assert.ok(existsSync(join(root, 'docs', path)), path);
  }
});

test('Each claim in a table of docs/security.md names a test', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (claim|rule) \|/.test(line));
  assert.ok(rows.length > 20);
  for (const row of rows) assert.match(row, /\|[^|]*\[[^\]]+\.ts\]\(\.\.\/test\/[^|]*\|$/, row);
});

test('Each section that the two pages link to is there', () => {
  const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
  const linked = [...(page + policy).matchAll(/\((?:docs\/security\.md)?#([^)]+)\)/g)].map(
    ([, anchor]) => anchor,
  );
  assert.ok(linked.length >= 4);
  for (const anchor of linked) assert.ok(anchors.includes(anchor ?? ''), anchor);
});
