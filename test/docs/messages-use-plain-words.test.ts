import assert from 'node:assert/strict';
import test from 'node:test';
import { hints } from '../../src/entra/error-hints.ts';
import { messagesInSource } from './messages-in-source.ts';
import { refusedWordsIn } from './plain-words.ts';

test('The messages use none of the words that this project does not use', () => {
  const messages = messagesInSource();
  assert.ok(messages.length > 100);
  assert.deepEqual(
    messages.flatMap(({ text, file }) => refusedWordsIn(text).map((problem) => `${file}: ${problem}`)),
    [],
  );
});

test('The meanings of AADSTS codes, and the advice beside them, use none of them either', () => {
  const texts = hints.flatMap(({ means, fix }) => [means, fix]);
  assert.deepEqual(texts.flatMap(refusedWordsIn), []);
});
