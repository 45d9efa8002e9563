import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from '../../../src/command-line/inspect.ts';
import { seed } from '../../../src/command-line/seed.ts';
import type { Terminal } from '../../../src/command-line/terminal.ts';
import { UsageError } from '../../../src/command-line/usage-error.ts';
import { tokenRequest } from '../fakes/request.ts';

const terminal: Terminal = {
  environment: {},
  outputIsScreen: true,
  inputIsKeyboard: true,
  tell: (text) => assert.fail(`told: ${text}`),
  print: (text) => assert.fail(`printed: ${text}`),
  read: () => assert.fail('read'),
};

function refusedWith(says: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof UsageError && says.test(error.message);
}

test('seed does not print to a screen, says so before anything is done, and how it is called', async () => {
  const { clientId, authority, account, scopes } = tokenRequest();
  const options = { clientId, authority, account, scopes, deviceCode: false, encryptionKeyFile: '/no/file' };

  await assert.rejects(
    seed(options, terminal, new AbortController().signal),
    refusedWith(/not printed to a terminal.*\n.* \| gh secret set ENTRA_TOKEN_CACHE$/),
  );
});

test('inspect does not wait for a keyboard', async () => {
  const inspecting = inspect({ encryptionKeyFile: undefined }, { ...terminal, outputIsScreen: false });

  await assert.rejects(inspecting, refusedWith(/read from standard input/));
});
