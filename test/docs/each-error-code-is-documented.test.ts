import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { Tokens } from 'marked';
import { readPage, root } from './markdown-pages.ts';

test('The table of error codes has each word of the type ErrorCode under an anchor, a meaning, and what to do', () => {
  const source = readFileSync(join(root, 'src/failure.ts'), 'utf8');
  const union = /export type ErrorCode =([^;]+);/.exec(source)?.[1] ?? '';
  const words = [...union.matchAll(/'([a-z-]+)'/g)].map(([, word]) => word);
  assert.ok(words.length > 10);

  const tables = readPage('docs/troubleshooting.md').tokens.filter(
    (token): token is Tokens.Table => token.type === 'table',
  );
  const rows = tables.find(({ header }) => header[0]?.text === '`error-code`')?.rows ?? [];
  assert.deepEqual(
    rows.map(([word]) => word?.text),
    words.map((word) => `<a id="${word}"></a>\`${word}\``),
  );
  for (const [word, meaning, fix] of rows) assert.ok(meaning?.text && fix?.text, word?.text);
});
