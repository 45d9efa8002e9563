import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOf } from '../../../src/action/outputs.ts';

for (const [where, frame] of [
  ['a URL, as on every system', 'at run (file:///D:/a/_actions/contoso/dist/main.js:12:34)'],
  ['a path of Windows', 'at run (D:\\a\\_actions\\contoso\\dist\\main.js:12:34)'],
  ['a path of Linux and macOS', 'at async /home/runner/dist/main.js:12:34'],
] as const) {
  test(`the place of an error is read from ${where}, without the folders`, () => {
    const error = new Error('a secret');
    error.stack = `Error: a secret\r\n    ${frame}`;
    assert.equal(placeOf(error), ' at main.js:12:34');
  });
}

test('what is no error has no place', () => {
  assert.equal(placeOf('a secret'), '');
});
