import { parseArgs } from 'node:util';
import { parseScopes, scopeProblems } from '../entra/scopes.ts';
import { readSignInTarget, type SignInTarget } from '../entra/sign-in-target.ts';
import type { SettingName } from '../length-limits.ts';
import { Settings } from '../settings.ts';
import { UsageError } from './usage-error.ts';

export type CommandName = 'seed' | 'inspect';

/** What the command line asks for. */
export type Command =
  | { readonly do: 'help'; readonly about: CommandName | undefined }
  | { readonly do: 'version' }
  | ({ readonly do: 'seed' } & SeedOptions)
  | ({ readonly do: 'inspect' } & KeyOptions);

export interface KeyOptions {
  /** Path; undefined where none is given. */
  readonly encryptionKeyFile: string | undefined;
}

export interface SeedOptions extends KeyOptions, SignInTarget {
  readonly scopes: readonly string[];
  /** By device code, not by browser. */
  readonly deviceCode: boolean;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const help = { type: 'boolean', short: 'h' } as const;

const optionsOf = {
  seed: {
    'client-id': text,
    'tenant-id': text,
    cloud: text,
    authority: text,
    scopes: text,
    account: text,
    'device-code': flag,
    'encryption-key-file': text,
    help,
  },
  inspect: { 'encryption-key-file': text, help },
} as const;

/**
 * Reads the command line.
 * @throws {UsageError} which repeats no value, but for the right spelling of scopes and of an authority
 */
export function readArguments(words: readonly string[]): Command {
  const [first, ...rest] = words;
  switch (first) {
    case 'seed':
      return readSeed(rest);
    case 'inspect':
      return readInspect(rest);
    case '--version':
      return { do: 'version' };
    case 'help':
      return { do: 'help', about: rest[0] === 'seed' || rest[0] === 'inspect' ? rest[0] : undefined };
    case '--help':
    case '-h':
      return { do: 'help', about: undefined };
    case undefined:
      throw new UsageError('Say what to do: seed or inspect.');
    default:
      throw new UsageError('There is no such command. There are: seed, inspect.');
  }
}

function readSeed(words: readonly string[]): Command {
  const values = parse('seed', words);
  if (values.help) return { do: 'help', about: 'seed' };

  const given: Partial<Record<SettingName, string | boolean>> = values;
  const settings = new Settings(
    (option) => String(given[option] ?? '').trim(),
    (option) => `--${option}`,
  );
  const { target, knownAuthority } = readSignInTarget(settings);
  const scopes = parseScopes(settings.get('scopes') || 'User.Read');
  for (const problem of scopeProblems(scopes, knownAuthority)) settings.addProblem('scopes', problem);
  if (settings.problems.length > 0) throw new UsageError(settings.problems.join('\n'));
  return {
    do: 'seed',
    ...target,
    scopes,
    deviceCode: values['device-code'] ?? false,
    encryptionKeyFile: values['encryption-key-file'],
  };
}

function readInspect(words: readonly string[]): Command {
  const values = parse('inspect', words);
  if (values.help) return { do: 'help', about: 'inspect' };
  return { do: 'inspect', encryptionKeyFile: values['encryption-key-file'] };
}

function parse<Name extends CommandName>(name: Name, words: readonly string[]) {
  refuseSecrets(words);
  try {
    return parseArgs({ args: [...words], options: optionsOf[name], strict: true }).values;
  } catch (error) {
    throw new UsageError(whatIsWrong(error));
  }
}

const secretOptions = ['--encryption-key', '--key', '--token-cache', '--client-secret', '--password'];

function refuseSecrets(words: readonly string[]): void {
  const refused = secretOptions.find((option) => words.some((word) => word.split('=', 1)[0] === option));
  if (!refused) return;
  throw new UsageError(
    `${refused} is not taken from the command line: other users of this machine see the arguments of a program, and the shell keeps them in its history. ` +
      (/key/.test(refused)
        ? 'Give a key with --encryption-key-file FILE or in the environment variable ENTRA_ENCRYPTION_KEY; consider the one given here as known to others.'
        : 'A cache is read from standard input, and a public client has no secret and no password.'),
  );
}

/** The parser's message may repeat what was typed, a key perhaps. */
function whatIsWrong(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const option =
    error instanceof Error ? /'(?:-\w, )?(--[a-z][a-z-]{0,40})/.exec(error.message)?.[1] : undefined;
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return 'There is a word too many: every value belongs to an option.';
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
    return `${option ?? 'An option'} lacks its value, or has one where it takes none.`;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${option ?? 'of such a name'}.`;
  throw error;
}
