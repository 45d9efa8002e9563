import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from '../../../src/command-line/inspect.ts';
import { seed } from '../../../src/command-line/seed.ts';
import type { Terminal } from '../../../src/command-line/terminal.ts';
import { UsageError } from '../../../src/command-line/usage-error.ts';
import { tokenRequest } from '../fakes/request.ts';

const terminal: Terminal = {
  environment: {},
  isOutputTerminal: true,
  isInputTerminal: true,
  log: (line) => assert.fail(`logged: ${line}`),
  logUsage: (help) => assert.fail(`logged: ${help}`),
  print: (text) => assert.fail(`printed: ${text}`),
  read: () => assert.fail('read'),
};

function refusedWith(says: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof UsageError && says.test(error.message);
}

test('seed does not print to a terminal, says so before anything is done, and how to call it', async () => {
  const { clientId, authority, account, scopes } = tokenRequest();
  const target = { clientId, authority, account, scopes };
  const options = { ...target, deviceCode: false, encryptionKeyFile: '/no/file', output: undefined };

  await assert.rejects(
    seed(options, terminal, new AbortController().signal),
    refusedWith(
      /does not print a sign-in to a terminal.*\n.*--output sign-in\.txt && gh secret set \w+ < sign-in\.txt$/,
    ),
  );
});

test('inspect does not wait for input from a keyboard', async () => {
  const inspecting = inspect(
    { file: undefined, encryptionKeyFile: undefined },
    { ...terminal, isOutputTerminal: false },
  );

  await assert.rejects(inspecting, refusedWith(/^Name the file to inspect.*\n.*inspect cache\.json$/));
});
