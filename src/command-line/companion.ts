import { constants } from 'node:os';
import manifest from '../../package.json' with { type: 'json' };
import { Failure } from '../failure.ts';
import { ignoreUnsafeVariables } from '../http/unsafe-environment.ts';
import { type PlainText, plain, plainLine, plainText } from '../text/plain-text.ts';
import { type Command, isCommandName, readArguments } from './arguments.ts';
import { helpText } from './help.ts';
import { inspect } from './inspect.ts';
import { seed } from './seed.ts';
import { createTerminal, longestTerminalLine, type StandardStreams, type Terminal } from './terminal.ts';
import { exitCodes, UsageError } from './usage-error.ts';

/** The process that the companion runs in: its arguments, its environment, its streams, and what ends it early. */
export type CompanionProcess = StandardStreams & Pick<NodeJS.Process, 'argv' | 'on' | 'once'>;

/** A signal from outside ended the command. */
class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super('Interrupted. Nothing was printed or saved.');
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Runs the command that the arguments name.
 * @returns the exit code; what went wrong is on standard error by then, and something may still be waiting
 */
export async function runCompanion(host: CompanionProcess): Promise<number> {
  const args = host.argv.slice(2);
  const terminal = createTerminal(host);
  const { signal, interrupted } = watchForInterruption(host);
  try {
    for (const warning of ignoreUnsafeVariables(host.env, host.stderr))
      terminal.log(plain`Warning: ${warning}`);
    return await Promise.race([interrupted, runCommand(readArguments(args), terminal, signal)]);
  } catch (error) {
    terminal.log(...formatError(error, args));
    return exitCodeOf(error);
  }
}

async function runCommand(command: Command, terminal: Terminal, signal: AbortSignal): Promise<number> {
  switch (command.kind) {
    case 'usage':
      // Not on standard output: a secret may be at the other end of a pipe.
      terminal.logUsage(helpText(undefined));
      return exitCodes.usage;
    case 'help':
      await terminal.print(helpText(command.about));
      break;
    case 'version':
      await terminal.print(`${manifest.version}\n`);
      break;
    case 'seed':
      await seed(command, terminal, signal);
      break;
    case 'inspect':
      await inspect(command, terminal);
      break;
  }
  return exitCodes.done;
}

/** @returns a promise that only a signal or an uncaught error rejects, and an abort signal that goes with it */
function watchForInterruption(host: CompanionProcess): {
  readonly signal: AbortSignal;
  readonly interrupted: Promise<never>;
} {
  const controller = new AbortController();
  const interrupted = new Promise<never>((_, reject) => {
    host.on('uncaughtException', reject);
    for (const name of ['SIGINT', 'SIGTERM'] as const)
      host.once(name, () => {
        const reason = new Interrupted(name);
        // Before the abort, which makes the command fail for a reason of its own.
        reject(reason);
        controller.abort(reason);
      });
  });
  return { signal: controller.signal, interrupted };
}

function formatError(error: unknown, args: readonly string[]): readonly PlainText[] {
  if (error instanceof UsageError) return [...linesOf(error), helpHint(args)];
  if (error instanceof Failure) return error.lines;
  if (error instanceof Interrupted) return linesOf(error);
  // The message of an unexpected error may contain anything, a token even.
  const name = plainText(error instanceof Error ? error.name : typeof error);
  return [plain`Unexpected error: ${name}.`, plain`Please report it. Leave out tokens and other secrets.`];
}

function helpHint([command]: readonly string[]): PlainText {
  return isCommandName(command)
    ? plain`For help: entra-user-token ${plainText(command)} --help`
    : plain`For help: entra-user-token --help`;
}

function linesOf({ message }: Error): readonly PlainText[] {
  return message.split('\n').map((line) => plainLine(line, longestTerminalLine));
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return exitCodes.usage;
  return error instanceof Interrupted ? error.exitCode : exitCodes.failed;
}
