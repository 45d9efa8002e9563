import assert from 'node:assert/strict';
import test from 'node:test';
import { refusalOf, sealedEntry as sealed } from '../fakes/sealed.ts';

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

// All of the alphabet where bits may be spare (the end of each part), elsewhere one bit and every kind of stranger.
function replacements(position: number): readonly string[] {
  const character = sealed.charAt(position);
  const isEnd = position === sealed.length - 1 || sealed.charAt(position + 1) === '.';
  const neighbour = base64url.charAt(base64url.indexOf(character) ^ 1);
  const candidates = isEnd ? [...base64url] : [neighbour, 'A', '_'];
  return [...candidates, '.', '=', '+', '/', ' ', '\n', 'é', ''].filter((other) => other !== character);
}

test('every change of one character is refused with a named error', async () => {
  for (let position = 0; position < sealed.length; position++) {
    for (const character of replacements(position)) {
      const changed = sealed.slice(0, position) + character + sealed.slice(position + 1);
      assert.match(
        await refusalOf(changed),
        /^(truncated|tampered|wrong-key|wrong-type)$/,
        `position ${position}`,
      );
    }
  }
});

test('every truncation is refused, and once the header is whole it is called one', async () => {
  for (let length = 0; length < sealed.length; length++)
    assert.equal(await refusalOf(sealed.slice(0, length)), 'truncated', `length ${length}`);
});

test('a text that differs only in the spare bits of base64url is refused', async () => {
  // 16 bytes of the tag leave 4 spare bits: 15 other characters stand for the same bytes.
  const last = base64url.indexOf(sealed.slice(-1));
  const bytes = Buffer.from(sealed.slice(sealed.lastIndexOf('.') + 1), 'base64url');
  for (let spare = 1; spare < 16; spare++) {
    const variant = sealed.slice(0, -1) + base64url.charAt((last & 0x30) | ((last + spare) & 0x0f));
    assert.deepEqual(Buffer.from(variant.slice(variant.lastIndexOf('.') + 1), 'base64url'), bytes);
    assert.equal(await refusalOf(variant), 'tampered');
  }
});

test('something added at either end is refused', async () => {
  for (const text of [` ${sealed}`, `${sealed} `, `${sealed}\n`, `${sealed}.`, `${sealed}A`, `${sealed}==`])
    assert.match(await refusalOf(text), /^(truncated|tampered)$/);
});
