import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { refusedWordsIn } from '../docs/plain-words.ts';

const sandbox = join(import.meta.dirname, '../../sandbox');

test('The demo uses none of the words that this project does not use', () => {
  const files = ['demo.ts', ...readdirSync(join(sandbox, 'demo')).map((name) => join('demo', name))];
  assert.ok(files.length > 4);
  assert.deepEqual(
    files.flatMap((file) => refusedWordsIn(readFileSync(join(sandbox, file), 'utf8'))),
    [],
  );
});
