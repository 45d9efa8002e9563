import assert from 'node:assert/strict';
import test from 'node:test';
import { plainText } from '../../../src/plain-text.ts';

for (const [what, text, harmless] of [
  ['plain words', 'AADSTS50020: User account', 'AADSTS50020: User account'],
  ['a workflow command', '::error::pwned', ': :error: :pwned'],
  ['a command after a line break', 'a\n::add-mask::b', 'a : :add-mask: :b'],
  ['a command after CR alone', 'a\r::set-output name=x::b', 'a : :set-output name=x: :b'],
  ['many colons', ':::::', ': : : : :'],
  ['a command that an escape sequence splits', ':\u001b[0m:error::x', ': :error: :x'],
  ['a command that a zero-width character splits', ':\u200b:error', ': :error'],
  ['a command of the other kind', 'a ##[group]b', 'a ## [group]b'],
  ['one that an escape sequence splits', '##\u001b[1m[group]', '## [group]'],
  ['colours', '\u001b[31mred\u001b[0m \u009b1mbold', 'red bold'],
  ['a carriage return that hides', 'shown\rhidden', 'shown hidden'],
  ['text that runs backwards', 'a\u202eb\u2066c\u2069', 'a b c'],
  ['line separators', 'a\u2028b\u2029c\u0085d', 'a b c d'],
  ['NUL, BEL and backspace', 'a\u0000\u0007\u0008b', 'a b'],
  ['other languages', 'Zugriff für 王さん 😀', 'Zugriff für 王さん 😀'],
] as const) {
  test(`${what} from a server becomes one harmless line`, () => {
    assert.equal(plainText(text), harmless);
  });
}

test('long text ends with an ellipsis', () => {
  assert.equal(plainText('x'.repeat(301)), `${'x'.repeat(299)}…`);
  assert.equal(plainText('12345', 5), '12345');
});

test('what is no text is nothing', () => {
  for (const value of [undefined, null, 7, {}, ['a']]) assert.equal(plainText(value), '');
});
