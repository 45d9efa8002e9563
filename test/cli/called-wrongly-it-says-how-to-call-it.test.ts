import assert from 'node:assert/strict';
import { test } from 'node:test';
import { multiTenantApp } from '../../sandbox/authority/directory.ts';
import { runCompanion, seedArguments } from './companion.ts';

const key = 'A'.repeat(43);
const client = ['seed', '--client-id', multiTenantApp.clientId];

for (const [what, words, says] of [
  ['nothing', [], /Say what to do: seed or inspect/],
  ['an unknown command', ['sign-in'], /There is no such command/],
  ['an unknown option', [...client, '--device'], /There is no option --device\./],
  ['an option without its value', ['seed', '--client-id'], /--client-id lacks its value/],
  ['a flag with a value', [...client, '--device-code=yes'], /--device-code lacks its value, or has one/],
  ['no client', ['seed'], /--client-id is missing/],
  ['a client that is no GUID', ['seed', '--client-id', 'app'], /--client-id is not a GUID/],
  ['a tenant that is none', [...client, '--tenant-id', 'a/b'], /--tenant-id is no tenant/],
  ['a cloud that is none', [...client, '--cloud', 'moon'], /--cloud is none of "public"/],
  ['an account that is none', [...client, '--account', 'Alice'], /--account is neither/],
  ['scopes that name nothing', [...client, '--scopes', ' , '], /--scopes names no permission/],
  [
    'two names of the authority',
    [...client, '--cloud', 'public', '--authority', 'https://a.example/b'],
    /together with cloud/,
  ],
  [
    'a key',
    [...client, '--encryption-key', key],
    /--encryption-key is not taken from the command line: other users/,
  ],
  ['a key with an equals sign', [...client, `--encryption-key=${key}`], /--encryption-key is not taken/],
  ['a key as a word', [...client, key], /There is a word too many/],
  [
    'a key for a file',
    [...client, '--encryption-key-file', key],
    /--encryption-key-file cannot be read \(ENOENT\)/,
  ],
] as const) {
  test(`Called with ${what}, it says so, repeats no value and exits with 2`, async () => {
    const { exitCode, output, told } = await runCompanion(words);

    assert.match(told, says);
    assert.match(told, /For help: entra-user-token --help/);
    assert.ok(!told.includes(key));
    assert.equal(output, '');
    assert.equal(exitCode, 2);
  });
}

for (const [what, value] of [
  ['is empty', ''],
  ['holds no key', 'short'],
] as const) {
  test(`A key variable that ${what} is not taken for "no key"`, async () => {
    const { exitCode, told } = await runCompanion(seedArguments, { env: { ENTRA_ENCRYPTION_KEY: value } });

    assert.match(told, /The environment variable ENTRA_ENCRYPTION_KEY is (empty|not 32 bytes)/);
    assert.equal(exitCode, 2);
  });
}
