import assert from 'node:assert/strict';
import test from 'node:test';
import { findNearest } from '../../../src/command-line/suggestion.ts';

const names = [
  'client-id',
  'tenant-id',
  'cloud',
  'scopes',
  'account',
  'device-code',
  'encryption-key-file',
  'output',
];

for (const [typed, meant] of [
  ['client-di', 'client-id'],
  ['clinet-id', 'client-id'],
  ['clientid', 'client-id'],
  ['CLIENT_ID', 'client-id'],
  ['scope', 'scopes'],
  ['acount', 'account'],
  ['clodu', 'cloud'],
  ['encription-key-flie', 'encryption-key-file'],
  ['encryption-file', undefined],
  ['device', 'device-code'],
  ['enc', 'encryption-key-file'],
  ['en', undefined],
  ['', undefined],
  ['moon', undefined],
  ['user', undefined],
  ['id', undefined],
  ['x'.repeat(100_000), undefined],
] as const) {
  test(`${typed.slice(0, 20) || 'Nothing'} is near ${meant ?? 'no option'}`, () => {
    assert.equal(findNearest(typed, names), meant);
  });
}

test('What begins two names is an abbreviation of neither', () => {
  assert.equal(findNearest('out', ['output-file', 'output-format']), undefined);
});
