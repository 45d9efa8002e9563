import assert from 'node:assert/strict';
import test from 'node:test';
import { plainText } from '../../../src/text/plain-text.ts';

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
  ['a link of a terminal', '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007 here', 'click here'],
  ['a link that ends as the standard says', 'a\u001b]8;;https://evil.example\u001b\\b', 'ab'],
  ['a window title', '\u001b]0;root@host\u0007$', '$'],
  ['a command put together by a link', '#\u001b]8;;x\u0007#[group]', '## [group]'],
  ['a command of the other kind that zero-width characters split', '#\u200b#\u2060[error]', '# # [error]'],
  ['one that variation selectors split', '##\ufe0f[group] :\ufe0f:error', '## [group] : :error'],
  ['one that fillers split', ':\u3164:a :\u034f:b :\u115f:c', ': :a : :b : :c'],
  ['a percent-encoded line break', 'a%0A::error::b', 'a%0A: :error: :b'],
  ['tags, which hide a whole text', 'a\u{e0001}\u{e0041}\u{e007f}b', 'a b'],
  ['halves of characters', 'a\ud800b\udc00', 'a b'],
  ['spaces of other widths', 'a\u00a0\u2003\u3000b', 'a b'],
  ['what no character stands for', 'a\u{10ffff}\ufdd0b', 'a b'],
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

test('a cut leaves no half of a character', () => {
  assert.equal(plainText('😀😀😀', 4), '😀…');
  assert.ok(plainText(`${'x'.repeat(1199)}😀`).isWellFormed());
});

test('what is no text is nothing', () => {
  for (const value of [undefined, null, 7, {}, ['a']]) assert.equal(plainText(value), '');
});
