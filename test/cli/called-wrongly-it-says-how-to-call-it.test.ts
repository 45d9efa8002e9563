import assert from 'node:assert/strict';
import { test } from 'node:test';
import { multiTenantApp } from '../../sandbox/authority/directory.ts';
import { fileWith, runCompanion, seedArguments } from './companion.ts';

const key = 'A'.repeat(43);
const client = ['seed', '--client-id', multiTenantApp.clientId];

for (const [what, words, says] of [
  ['an unknown command', ['sign-in'], /There is no such command\. The commands are seed and inspect\./],
  ['a misspelled command', ['sede'], /There is no such command\. Did you mean seed\?/],
  ['help for an unknown command', ['help', 'inspcet'], /There is no such command\. Did you mean inspect\?/],
  ['an option before the command', client.slice(1), /The command comes first: seed or inspect\./],
  ['a misspelled option and no command', ['--versoin'], /no option --versoin\. Did you mean --version\?/],
  ['an unknown option', [...client, '--moon'], /There is no option --moon\.$/m],
  ['a misspelled option', [...client, '--scpoes', 'a'], /no option --scpoes\. Did you mean --scopes\?/],
  ['a shortened option', [...client, '--device'], /no option --device\. Did you mean --device-code\?/],
  ['an underscore', ['seed', '--client_id=x'], /no option --client_id\. Did you mean --client-id\?/],
  ['a single hyphen', ['seed', '-client-id', 'x'], /no option -client-id\. Did you mean --client-id\?/],
  ['an option that every object has', ['seed', '--constructor'], /There is no option --constructor\.$/m],
  ['an option of the other command', ['inspect', '--force'], /There is no option --force\.$/m],
  ['a key as an option', ['seed', `--${key}`], /There is no option of this name\./],
  ['an option without its value', ['seed', '--client-id'], /Option --client-id needs a value\./],
  ['an option for a value', ['seed', '--client-id', '--force'], /Option --client-id needs a value\./],
  ['a flag with a value', [...client, '--device-code=yes'], /Option --device-code takes no value\./],
  ['--force alone', [...client, '--force'], /Option --force needs --output\./],
  ['no name of a file', [...client, '--output', ''], /Option --output needs the name of a file\./],
  ['a hyphen for a file', [...client, '--output', '-'], /To print to standard output, leave out --output\./],
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
    /--encryption-key is not accepted on the command line: other users/,
  ],
  ['a key with an equals sign', [...client, `--encryption-key=${key}`], /--encryption-key is not accepted/],
  ['a key and an underscore', [...client, `--encryption_key=${key}`], /--encryption-key is not accepted/],
  ['a key as a word', [...client, key], /seed takes only options\./],
  ['two files to inspect', ['inspect', 'a', key], /inspect reads one file at a time\./],
  ['a key for a file to inspect', ['inspect', key], /The file to inspect cannot be read: .* \(ENOENT\)\./],
  [
    'a key for a file',
    [...client, '--encryption-key-file', key],
    /--encryption-key-file cannot be read: there is no such file or folder \(ENOENT\)/,
  ],
] as const) {
  test(`Called with ${what}, it says so, repeats no value and exits with 2`, async () => {
    const { exitCode, output, told } = await runCompanion(words);

    assert.match(told, says);
    assert.match(told, /^For help: entra-user-token (?:seed |inspect )?--help$/m);
    assert.ok(!told.includes(key));
    assert.equal(output, '');
    assert.equal(exitCode, 2);
  });
}

test('Called with nothing, it prints usage where no pipe takes it for a result, and exits with 2', async () => {
  const { exitCode, output, told } = await runCompanion([]);

  assert.equal(told, (await runCompanion(['--help'])).output);
  assert.match(told, /^Usage: entra-user-token /m);
  assert.equal(output, '');
  assert.equal(exitCode, 2);
});

test('After a wrong call of a command it names the help of the command', async () => {
  assert.match((await runCompanion(['seed'])).told, /^For help: entra-user-token seed --help$/m);
});

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

test('A key file that is empty is not taken for "no key"', async () => {
  await using file = await fileWith('\n');
  const { exitCode, told } = await runCompanion([...seedArguments, '--encryption-key-file', file.path]);

  assert.match(told, /The file of --encryption-key-file is empty\./);
  assert.equal(exitCode, 2);
});
