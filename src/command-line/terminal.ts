import { buffer } from 'node:stream/consumers';
import { within } from '../bounded-wait.ts';
import { minutes } from '../clock.ts';
import { Failure } from '../failure.ts';
import { type PlainText, plainLine } from '../text/plain-text.ts';

/** What a command may use of its process: streams and environment. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  /** True when standard output is a terminal, and not a pipe or a file. */
  readonly isOutputTerminal: boolean;
  /** True when standard input is a terminal, and not a pipe or a file. */
  readonly isInputTerminal: boolean;
  /** Lines for people, on standard error. */
  readonly log: (...lines: readonly PlainText[]) => void;
  /** The companion's own help, on standard error. */
  readonly logUsage: (help: string) => void;
  /**
   * The result, on standard output.
   * @throws {Failure} when not all of it was taken
   */
  print(text: string): Promise<void>;
  /**
   * Standard input, to its end.
   * @throws {Failure} when it does not end
   */
  read(): Promise<Uint8Array>;
}

export type StandardStreams = Pick<NodeJS.Process, 'env' | 'stdin' | 'stdout' | 'stderr'>;

/** How many characters of a line are shown: an address to open may be long. */
export const longestTerminalLine = 4000;

// A person may have to unlock the program at the other end.
const longestWait = minutes(15);

/** The terminal of a process. */
export function createTerminal({ env, stdin, stdout, stderr }: StandardStreams): Terminal {
  return {
    environment: env,
    isOutputTerminal: stdout.isTTY === true,
    isInputTerminal: stdin.isTTY === true,
    log(...lines) {
      for (const line of lines) stderr.write(`${plainLine(line, longestTerminalLine)}\n`);
    },
    logUsage: (help) => void stderr.write(help),
    print: (text) =>
      within(write(stdout, text), { timeout: longestWait, createTimeoutError: () => notTaken() }),
    read: () => within(buffer(stdin), { timeout: longestWait, createTimeoutError: inputDidNotEnd }),
  };
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void => reject(notTaken(cause));
    stream.once('error', fail);
    stream.write(text, (error) => {
      if (error) return fail(error);
      stream.off('error', fail);
      resolve();
    });
  });
}

function notTaken(cause?: Error): Failure {
  return new Failure(
    'internal-error',
    {
      what: 'The result could not be printed.',
      why: 'the program that reads standard output has ended or does not read it, or the disk is full.',
      fix: 'check that program or the disk, and run the command again.',
    },
    { cause },
  );
}

function inputDidNotEnd(): Failure {
  return new Failure('bad-input', {
    what: 'Standard input did not end.',
    why: 'the program that sends it did not finish within 15 minutes.',
    fix: 'name a file instead, for example: entra-user-token inspect cache.json',
  });
}
