import { parseArgs } from 'node:util';
import { findNearest } from './suggestion.ts';
import { UsageError } from './usage-error.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const help = { type: 'boolean', short: 'h' } as const;

/** The options of each command, named like the action's inputs where they mean the same. */
export const optionsOf = {
  seed: {
    'client-id': text,
    'tenant-id': text,
    cloud: text,
    authority: text,
    scopes: text,
    account: text,
    'device-code': flag,
    'encryption-key-file': text,
    output: text,
    force: flag,
    help,
  },
  inspect: { 'encryption-key-file': text, help },
} as const;

export type CommandName = keyof typeof optionsOf;

/**
 * Parses what follows a command.
 * @throws {UsageError} which repeats no value: it may be a secret
 */
export function parseOptions<Name extends CommandName>(name: Name, args: readonly string[]) {
  refuseSecrets(args);
  refuseUnknownOptions(name, args);
  try {
    return parseArgs({ args: [...args], options: optionsOf[name], strict: true, allowPositionals: true });
  } catch (error) {
    throw new UsageError(formatParseError(name, error));
  }
}

/**
 * The message for an option that does not exist.
 * @param arg as it was typed, perhaps with a value behind an equals sign
 * @param names of the options that exist
 */
export function formatUnknownOption(arg: string, names: readonly string[]): string {
  const typed = nameIn(arg);
  // What is not spelled like an option may be a secret.
  const shown = /^--?[a-z][a-z_-]{0,30}$/i.test(typed) ? typed : 'of this name';
  const nearest = findNearest(typed.replace(/^-+/, ''), names);
  return nearest ? `There is no option ${shown}. Did you mean --${nearest}?` : `There is no option ${shown}.`;
}

function nameIn(arg: string): string {
  return arg.split('=', 1)[0] ?? '';
}

const secretOptions = ['encryption-key', 'key', 'token-cache', 'client-secret', 'password'];

function refuseSecrets(args: readonly string[]): void {
  const refused = secretOptions.find((option) =>
    args.some((arg) => arg.startsWith('-') && nameIn(arg).replace(/^-+/, '').replaceAll('_', '-') === option),
  );
  if (refused === undefined) return;
  throw new UsageError(
    `Option --${refused} is not accepted on the command line: other users of this machine can see the arguments of a program, and the shell keeps them in its history. ` +
      (refused.includes('key')
        ? 'Put the key in a file and use --encryption-key-file FILE, or set the environment variable ENTRA_ENCRYPTION_KEY. Replace a key that you typed here: others may know it.'
        : 'To inspect a cache, name a file or use standard input. A public client has no secret and no password.'),
  );
}

// The strict parser stops at the first fault, and repeats what was typed.
function refuseUnknownOptions(name: CommandName, args: readonly string[]): void {
  const known = optionsOf[name];
  const { tokens } = parseArgs({ args: [...args], options: known, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    // A single hyphen before a whole name is parsed as one option a letter.
    const arg = args[token.index] ?? token.rawName;
    const isWordOfLetters = /^-[^-]./.test(arg);
    if (isWordOfLetters || !Object.hasOwn(known, token.name))
      throw new UsageError(formatUnknownOption(arg, Object.keys(known)));
  }
}

function formatParseError(name: CommandName, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') throw error;
  const option = /--([a-z-]+)/.exec(String((error as Error).message))?.[1] ?? '';
  const options: Readonly<Record<string, { readonly type: string } | undefined>> = optionsOf[name];
  return options[option]?.type === 'boolean'
    ? `Option --${option} takes no value.`
    : `Option --${option} needs a value.`;
}
