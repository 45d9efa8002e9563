import { parseScopes, scopeProblems } from '../entra/scopes.ts';
import { readSignInTarget, type SignInTarget } from '../entra/sign-in-target.ts';
import type { SettingName } from '../length-limits.ts';
import { Settings } from '../settings.ts';
import type { OutputFile } from './new-file.ts';
import { type CommandName, formatUnknownOption, optionsOf, parseOptions } from './options.ts';
import { findNearest } from './suggestion.ts';
import { UsageError } from './usage-error.ts';

/** What the command line asks for. */
export type Command =
  /** Nothing: it says how it is called. */
  | { readonly kind: 'usage' }
  | { readonly kind: 'help'; readonly about: CommandName | undefined }
  | { readonly kind: 'version' }
  | ({ readonly kind: 'seed' } & SeedOptions)
  | ({ readonly kind: 'inspect' } & InspectOptions);

export interface KeyOptions {
  /** Path; undefined where none is given. */
  readonly encryptionKeyFile: string | undefined;
}

export interface SeedOptions extends KeyOptions, SignInTarget {
  readonly scopes: readonly string[];
  /** Sign in by device code, not by browser. */
  readonly deviceCode: boolean;
  /** Where the sign-in is saved; undefined for standard output. */
  readonly output: OutputFile | undefined;
}

export interface InspectOptions extends KeyOptions {
  /** Path of the cache; undefined for standard input. */
  readonly file: string | undefined;
}

const commandNames = Object.keys(optionsOf) as readonly CommandName[];

export function isCommandName(arg: string | undefined): arg is CommandName {
  return commandNames.some((name) => name === arg);
}

/**
 * Reads the command line.
 * @param args without the program
 * @throws {UsageError} which repeats no value, except the correct spelling of scopes and of an authority
 */
export function readArguments(args: readonly string[]): Command {
  const [first, ...rest] = args;
  switch (first) {
    case undefined:
      return { kind: 'usage' };
    case 'seed':
      return readSeed(rest);
    case 'inspect':
      return readInspect(rest);
    case '--version':
      return { kind: 'version' };
    case 'help':
      return readHelp(rest);
    case '--help':
    case '-h':
      return { kind: 'help', about: undefined };
    default:
      throw new UsageError(first.startsWith('-') ? formatEarlyOption(first) : formatUnknownCommand(first));
  }
}

function readHelp([about]: readonly string[]): Command {
  if (about === undefined || isCommandName(about)) return { kind: 'help', about };
  throw new UsageError(formatUnknownCommand(about));
}

/** The command is not repeated: it may be a secret. */
function formatUnknownCommand(arg: string): string {
  const nearest = findNearest(arg, [...commandNames, 'help']);
  return nearest
    ? `There is no such command. Did you mean ${nearest}?`
    : 'There is no such command. The commands are seed and inspect.';
}

function formatEarlyOption(arg: string): string {
  const name = arg.replace(/^-+|=.*/gs, '');
  const isOfCommand = Object.values(optionsOf).some((options) => Object.hasOwn(options, name));
  return isOfCommand
    ? 'The command comes first: seed or inspect.'
    : formatUnknownOption(arg, ['help', 'version']);
}

function readSeed(args: readonly string[]): Command {
  const { values, positionals } = parseOptions('seed', args);
  if (values.help) return { kind: 'help', about: 'seed' };
  if (positionals.length > 0)
    throw new UsageError('seed takes only options. Put quotation marks around a value that contains spaces.');

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
    kind: 'seed',
    ...target,
    scopes,
    deviceCode: values['device-code'] ?? false,
    encryptionKeyFile: values['encryption-key-file'],
    output: readOutput(values.output, values.force ?? false),
  };
}

function readOutput(path: string | undefined, mayReplace: boolean): OutputFile | undefined {
  if (path === '') throw new UsageError('Option --output needs the name of a file.');
  if (path === '-') throw new UsageError('To print to standard output, leave out --output.');
  if (path === undefined && mayReplace) throw new UsageError('Option --force needs --output.');
  return path === undefined ? undefined : { path, mayReplace };
}

function readInspect(args: readonly string[]): Command {
  const { values, positionals } = parseOptions('inspect', args);
  if (values.help) return { kind: 'help', about: 'inspect' };
  if (positionals.length > 1) throw new UsageError('inspect reads one file at a time.');
  const [file] = positionals;
  return {
    kind: 'inspect',
    file: file === '-' ? undefined : file,
    encryptionKeyFile: values['encryption-key-file'],
  };
}
