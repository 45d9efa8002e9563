import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import test from 'node:test';
import { allPages, anchorsOf, linksOf, type Page, root } from './markdown-pages.ts';

const pages = new Map(allPages().map((page) => [page.path, page]));

test('Each link between pages, files and sections leads somewhere', () => {
  const links = [...pages.values()].flatMap((page) => linksOf(page).map((link) => ({ page, link })));
  assert.ok(links.length > 100);
  const broken = links.filter(({ page, link }) => !leadsSomewhere(page, link));
  assert.deepEqual(
    broken.map(({ page, link }) => `${page.path}: ${link}`),
    [],
  );
});

test('The README leads to each page of docs/', () => {
  const readme = pages.get('README.md');
  const linked = new Set(readme ? linksOf(readme).map((link) => link.split('#')[0]) : []);
  const inDocs = [...pages.keys()].filter((path) => /^docs\/[^/]+\.md$/.test(path));
  assert.ok(inDocs.length > 4);
  assert.deepEqual(
    inDocs.filter((path) => !linked.has(path)),
    [],
  );
});

function leadsSomewhere(page: Page, link: string): boolean {
  if (/^(https:|mailto:)/.test(link)) return true;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page.path : posix.normalize(posix.join(posix.dirname(page.path), path));
  if (!existsSync(join(root, target))) return false;
  if (anchor === undefined) return true;
  const other = pages.get(target);
  return other !== undefined && anchorsOf(other).has(anchor);
}
