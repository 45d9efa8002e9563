import assert from 'node:assert/strict';
import test from 'node:test';
import { lengthLimits, type SettingName } from '../../../src/length-limits.ts';
import { refusalOfInputs } from '../fakes/bad-input.ts';
import { keyText } from '../fakes/record-context.ts';

/** The inputs that the message names, one for each problem. */
function namedIn(message: string): readonly string[] {
  const why = /^Why: (.*)$/m.exec(message)?.[1] ?? '';
  return [
    ...why.matchAll(
      /(?:^|\. )([a-z]+(?:-[a-z]+)*) (?=is |has |holds |names |must |does |cannot |contains )/g,
    ),
  ].map(([, input]) => String(input));
}

const key = { 'encryption-key': keyText(1) };
const split = { 'wait-for-sign-in': 'false' };
const adfs = 'https://adfs.contoso.example/adfs';
const otherMail = { scopes: 'https://outlook.office365.us/SMTP.Send' };
const secret = { 'secret-name': 'CACHE', 'secret-token': 'a-token' };

for (const [what, inputs, bad] of [
  ['a boolean that is none, without a key', { 'wait-for-sign-in': 'no' }, 'wait-for-sign-in'],
  [
    'a boolean that is none, where no sign-in may begin',
    { ...key, 'wait-for-sign-in': 'no', 'sign-in': 'never' },
    'wait-for-sign-in',
  ],
  [
    'a boolean that is none, beside a pending sign-in',
    { ...key, 'wait-for-sign-in': 'no', 'pending-sign-in': 'x' },
    'wait-for-sign-in',
  ],
  ['a bad sign-in in a step that does not wait', { ...key, ...split, 'sign-in': 'nver' }, 'sign-in'],
  ['a bad key in a step that does not wait', { ...split, 'encryption-key': 'short' }, 'encryption-key'],
  [
    'a bad key beside a pending sign-in',
    { 'pending-sign-in': 'x', 'encryption-key': 'short' },
    'encryption-key',
  ],
  [
    'no key in a step that finishes a sign-in and does not wait',
    { ...key, ...split, 'pending-sign-in': 'x' },
    'wait-for-sign-in',
  ],
  ['a bad cloud, with the mail of some cloud', { cloud: 'mars', ...otherMail }, 'cloud'],
  ['a bad authority, with the mail of some cloud', { authority: 'adfs', ...otherMail }, 'authority'],
  [
    'a bad authority, with an id of AD FS',
    { authority: 'https://adfs.example', account: 'a-sub' },
    'authority',
  ],
  [
    'an authority beside a cloud, with the mail of that cloud',
    { authority: adfs, cloud: 'usgovernment', ...otherMail },
    'authority',
  ],
  [
    'a bad authority, with a client id of AD FS',
    { authority: 'https://adfs.example', 'client-id': 'Our-App' },
    'authority',
  ],
  ['a bad tenant', { 'tenant-id': 'a/b', account: 'alice@contoso.example' }, 'tenant-id'],
  ['a semicolon between scopes of which one is misspelled', { scopes: 'User.Read;SMTP.Send' }, 'scopes'],
  ['a bad name of a secret', { ...secret, 'secret-name': '1' }, 'secret-name'],
] as const satisfies readonly (readonly [string, Readonly<Record<string, string>>, SettingName])[]) {
  test(`${what} is one problem, of ${bad}`, () => {
    assert.deepEqual(namedIn(refusalOfInputs(inputs)), [bad]);
  });
}

for (const input of Object.keys(lengthLimits) as SettingName[]) {
  test(`${input} that is too long is one problem, reported with its limit, whatever else is given`, () => {
    const usual = {
      ...key,
      ...(input.startsWith('secret') && secret),
      ...(input !== 'pending-sign-in' && input !== 'wait-for-sign-in' && { 'pending-sign-in': 'x' }),
    };
    const message = refusalOfInputs({ ...usual, [input]: 'x'.repeat(lengthLimits[input] + 1) });

    assert.deepEqual(namedIn(message), [input]);
    assert.match(
      message,
      new RegExp(`${input} has \\d+ characters; at most ${lengthLimits[input]} are allowed\\.`),
    );
    assert.doesNotMatch(message, /xx/);
  });
}
