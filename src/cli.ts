#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { within } from './bounded-wait.ts';
import { minutes, seconds } from './clock.ts';
import { type Command, readArguments } from './command-line/arguments.ts';
import { helpText } from './command-line/help.ts';
import { inspect } from './command-line/inspect.ts';
import { seed } from './command-line/seed.ts';
import type { Terminal } from './command-line/terminal.ts';
import { exitCodes, UsageError } from './command-line/usage-error.ts';
import { Failure } from './failure.ts';
import { ignoreUnsafeVariables } from './http/unsafe-environment.ts';
import { exitWithFailure } from './process-exit.ts';
import { type PlainText, plain, plainLine, plainText } from './text/plain-text.ts';
import { decodeUnicode } from './text/unicode.ts';

/** Ended by a signal from outside. */
class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super('Interrupted: nothing was printed.');
    this.exitCode = 128 + constants.signals[signal];
  }
}

// As long as a person may take who has to unlock what stands at the other end.
const longestWait = minutes(15);

// An address to open may be long.
const longestLine = 4000;

const terminal: Terminal = {
  environment: process.env,
  outputIsScreen: process.stdout.isTTY === true,
  inputIsKeyboard: process.stdin.isTTY === true,
  tell(...lines) {
    for (const line of lines) process.stderr.write(`${plainLine(line, longestLine)}\n`);
  },
  print: (words) => within(print(words), { timeout: longestWait, timeUp: () => notTaken() }),
  read: async () =>
    decodeUnicode(await within(buffer(process.stdin), { timeout: longestWait, timeUp: nothingSent })),
};

process.on('uncaughtException', end);
run().catch(end);

async function run(): Promise<void> {
  const signal = onSignal();
  for (const warning of ignoreUnsafeVariables()) terminal.tell(plain`Warning: ${warning}`);
  await perform(readArguments(process.argv.slice(2)), signal);
}

async function perform(command: Command, signal: AbortSignal): Promise<void> {
  switch (command.do) {
    case 'help':
      return print(helpText(command.about));
    case 'version':
      return print(`${version()}\n`);
    case 'seed':
      return seed(command, terminal, signal);
    case 'inspect':
      return inspect(command, terminal);
  }
}

function onSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      const interrupted = new Interrupted(signal);
      controller.abort(interrupted);
      end(interrupted);
    });
  return controller.signal;
}

function print(words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void => reject(notTaken(cause));
    process.stdout.once('error', fail);
    process.stdout.write(words, (error) => {
      if (error) return fail(error);
      process.stdout.off('error', fail);
      resolve();
    });
  });
}

function notTaken(cause?: Error): Failure {
  return new Failure(
    'internal-error',
    {
      what: 'The result could not be handed over.',
      why: 'the program that reads standard output has ended or does not read it, or the disk is full.',
      fix: 'see what it says, and run again.',
    },
    { cause },
  );
}

function nothingSent(): Failure {
  return new Failure('bad-input', {
    what: 'Standard input does not end.',
    why: 'the program that sends it did not finish within 15 minutes.',
    fix: 'send the cache from a file, for example: entra-user-token inspect < cache.json',
  });
}

function version(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { readonly version: string }).version;
}

let hasEnded = false;

/** Tells one failure, and ends: whatever still waits, such as the loopback server, must not hold the process. */
function end(error: unknown): void {
  if (hasEnded) return;
  hasEnded = true;
  terminal.tell(...inWords(error));
  process.exitCode = exitCodeOf(error);
  // Not at once: what was written to a pipe may still be on its way.
  setTimeout(() => exitWithFailure(exitCodeOf(error)), seconds(0.2)).unref();
}

function inWords(error: unknown): readonly PlainText[] {
  if (error instanceof UsageError) return [...linesOf(error), plain`For help: entra-user-token --help`];
  if (error instanceof Failure) return error.lines;
  if (error instanceof Interrupted) return linesOf(error);
  // The message of an error that nobody foresaw may hold anything, a token even.
  const name = plainText(error instanceof Error ? error.name : typeof error);
  return [plain`An error that nobody foresaw: ${name}.`, plain`Please report it, without any token.`];
}

function linesOf({ message }: Error): readonly PlainText[] {
  return message.split('\n').map((line) => plainLine(line, longestLine));
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return exitCodes.usage;
  return error instanceof Interrupted ? error.exitCode : exitCodes.failed;
}
