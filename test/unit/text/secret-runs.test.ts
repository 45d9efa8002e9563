import assert from 'node:assert/strict';
import test from 'node:test';
import { SecretRuns } from '../../../src/text/secret-runs.ts';

const secret = '0.AXkAq7_Zp-Wd3Kx9vT2LmQe8RnYc5BhUJs4GfVoXiP6aDyEw1CzM0tHbNkSgFrIl';
const runs = new SecretRuns([secret]);

/** True when the text holds eight characters of the secret in a row, as they are. */
function showsRun(text: string): boolean {
  return [...secret.slice(7)].some((_, start) => text.includes(secret.slice(start, start + 8)));
}

const every = (length: number, separator: string, text = secret): string =>
  text.replace(new RegExp(`.{${length}}`, 'g'), `$&${separator}`);
const each = (spell: (code: number) => string, text = secret): string =>
  [...text].map((character) => spell(character.charCodeAt(0))).join('');
const hex = (code: number, length = 2): string => code.toString(16).padStart(length, '0');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

for (const [how, spelled] of [
  ['as it is', secret],
  ['in part', secret.slice(11, 40)],
  ['eight characters of it', secret.slice(11, 19)],
  ['in upper case', secret.toUpperCase()],
  ['backwards', [...secret].reverse().join('')],
  ['over lines', every(16, '\r\n')],
  ['over lines of a mail', every(16, '=\r\n')],
  ['over lines that are quoted', every(16, '\n> ')],
  ['with a space every five characters', every(5, ' ')],
  ['letter by letter', [...secret].join(' ')],
  ['as an array of letters', JSON.stringify([...secret])],
  ['as parts of a program', every(6, '" + "')],
  ['with zero-width characters', every(4, '\u200b')],
  ['with soft hyphens', every(4, '\u00ad')],
  ['with soft hyphens of HTML', every(4, '&shy;')],
  ['with tags', every(4, '<wbr>')],
  ['with colors', every(4, '\u001b[1;31m')],
  ['with the links of a terminal', every(4, '\u001b]8;;\u0007')],
  ['in base64', base64(secret)],
  ['in base64, one byte on', base64(`x${secret}`)],
  ['in base64, two bytes on', base64(`xy${secret}y`)],
  ['in base64 of a part', base64(secret.slice(5, 30))],
  ['in base64 over lines', every(19, '\r\n', base64(secret))],
  ['in base64url', Buffer.from(`{"${secret}"}`).toString('base64url')],
  ['in hexadecimal', Buffer.from(secret).toString('hex')],
  ['in upper hexadecimal, byte by byte', each((code) => `${hex(code).toUpperCase()}:`)],
  ['percent-encoded', each((code) => `%${hex(code)}`)],
  ['percent-encoded twice', each((code) => `%25${hex(code)}`)],
  ['percent-encoded in part', secret.replace(/[A-Z]/g, (letter) => `%${hex(letter.charCodeAt(0))}`)],
  ['with escapes of JSON', each((code) => `\\u${hex(code, 4)}`)],
  [
    'with escapes of JSON in JSON in JSON',
    JSON.stringify(JSON.stringify(each((code) => `\\u${hex(code, 4)}`))),
  ],
  ['with escapes of JavaScript', each((code) => `\\u{${hex(code)}}`)],
  ['with escapes of C', each((code) => `\\x${hex(code)}`)],
  ['with escapes of an old browser', each((code) => `%u${hex(code, 4)}`)],
  ['with numbers of HTML', each((code) => `&#${code};`)],
  ['with hexadecimal numbers of HTML', each((code) => `&#x${hex(code)};`)],
  ['with numbers of HTML, escaped once more', each((code) => `&amp;#${code};`)],
  ['quoted-printable', each((code) => `=${hex(code).toUpperCase()}`)],
] as const) {
  test(`a secret that a server quotes ${how} is not shown, and the words around it are`, () => {
    const shown = runs.harmless(
      `AADSTS70000: the grant "${spelled}" (5c0ffee0-0000-4000-8000-00000000c0de) is bad.`,
      4000,
    );

    assert.match(shown, /^AADSTS70000: the grant "\S*\*\*\*/);
    assert.match(shown, /\(5c0ffee0-0000-4000-8000-00000000c0de\) is bad\.$/);
    const left = shown.slice(shown.indexOf('"') + 1, shown.lastIndexOf('"'));
    assert.ok(left.replaceAll('***', '').length < 40, `this is left: ${left}`);
    assert.ok(!showsRun(left));
  });
}

test('seven characters are no run', () => {
  assert.equal(runs.hide(`x ${secret.slice(11, 18)} y`), `x ${secret.slice(11, 18)} y`);
});

test('runs of several secrets, and those that overlap, become one', () => {
  const both = new SecretRuns([secret, secret.slice(20)]);
  assert.equal(both.hide(`a${secret}b`), 'a***b');
  assert.equal(runs.hide(`${secret} and ${secret.slice(9, 25)}`), '*** and ***');
});

test('a secret with characters of any kind is found, as it is and in what it is written with', () => {
  const strange = 'p"ä%s\\s wörd! $$ +/=&;é#[::x]';
  const these = new SecretRuns([strange]);
  for (const text of [
    strange,
    JSON.stringify(strange),
    encodeURIComponent(strange),
    new URLSearchParams({ x: strange }).toString(),
    base64(strange),
    Buffer.from(strange).toString('hex'),
  ]) {
    const left = these.hide(text).replaceAll('***', '');
    assert.ok(left.length < 10, `of ${text} is left: ${left}`);
  }
});

test('what is no secret stays as it is, and a secret of a few characters hides nothing', () => {
  const words =
    'AADSTS50076: Due to a configuration change made by your administrator, you must use MFA. Trace ID: 7d7b1a4c-0000-4000-8000-00000000face';
  assert.equal(runs.hide(words), words);
  assert.equal(new SecretRuns(['', 'MFA', 'must']).hide(words), words);
  assert.equal(new SecretRuns([]).hide(words), words);
});

test('what is no text is nothing', () => {
  for (const value of [undefined, null, 7, {}, [secret]]) assert.equal(runs.harmless(value), '');
});
