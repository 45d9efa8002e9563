import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { headingsOf, readPage, root, textOf } from './markdown-pages.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

test('The README has at most 2,500 words, tables included', () => {
  assert.ok(wordsIn(readme) <= 2500, `${wordsIn(readme)} words`);
});

test('The README uses the action within its first 120 words', () => {
  const words = wordsIn(readme.slice(0, readme.indexOf('uses:')));
  assert.ok(readme.includes('uses:') && words <= 120, `${words} words`);
});

test('The README begins with what the action is, its status, and a workflow', () => {
  const [first, second, third, ...rest] = readPage('README.md').tokens.filter(
    ({ type }) => !['heading', 'space', 'html'].includes(type),
  );
  assert.match(first?.raw ?? '', /^\[!\[CI\]/);
  assert.match(second?.raw ?? '', /^A GitHub Action /);
  assert.match(third?.raw ?? '', /^> \[!WARNING\]/);
  assert.equal(rest[0]?.type, 'code');
});

test('The README goes from the first token to the documentation', () => {
  const sections = headingsOf(readPage('README.md').tokens)
    .filter(({ depth }) => depth === 2)
    .map(({ tokens }) => textOf(tokens));
  assert.deepEqual(sections.slice(0, 4), ['Get your first token', 'Choose a setup', 'Inputs', 'Outputs']);
  assert.deepEqual(sections.slice(-4), [
    'Security in short',
    'Limits',
    'Try it without a tenant',
    'Documentation',
  ]);
});

/** The bars of a table are no words, but part them. */
function wordsIn(text: string): number {
  return text.split(/[\s|]+/).filter((word) => word !== '').length;
}
