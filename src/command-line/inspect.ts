import { systemClock } from '../clock.ts';
import { Failure } from '../failure.ts';
import { NotAnMsalCache, toMsalCache } from '../msal-cache/msal-cache.ts';
import { isEmpty } from '../msal-cache/what-is-in.ts';
import type { EncryptionKey } from '../sealing/encryption-keys.ts';
import { EnvelopeError, openForAny } from '../sealing/envelope.ts';
import {
  acceptedForms,
  describeWrongFormat,
  isSealed,
  parsePlainJson,
  unwrapped,
} from '../sealing/token-cache-input.ts';
import { decodeUnicode } from '../text/unicode.ts';
import type { InspectOptions } from './arguments.ts';
import { describe, type ReadCache } from './description.ts';
import { keyVariable, readEncryptionKeys } from './encryption-key.ts';
import { readNamedFile } from './named-file.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/**
 * Shows what a cache contains, without a secret.
 * @throws {UsageError} when there is nothing to read
 * @throws {Failure} when it is not a cache, or a sealed one that does not open
 */
export async function inspect(options: InspectOptions, terminal: Terminal): Promise<void> {
  if (options.file === undefined && terminal.isInputTerminal)
    throw new UsageError('Name the file to inspect, for example:\n  entra-user-token inspect cache.json');
  const keys = await readEncryptionKeys(options, terminal.environment);
  const cache = await readCache(await readText(options, terminal), keys);
  await terminal.print(`${describe(cache, systemClock.now()).join('\n')}\n`);
}

async function readText({ file }: InspectOptions, terminal: Terminal): Promise<string> {
  const title = 'The file to inspect';
  const bytes = file === undefined ? await terminal.read() : await readNamedFile(file, title);
  const text = decodeUnicode(bytes).trim();
  if (text === '')
    throw new UsageError(
      file === undefined
        ? 'Standard input is empty. Send the cache there, or name the file to inspect.'
        : `${title} is empty.`,
    );
  return text;
}

async function readCache(text: string, keys: readonly EncryptionKey[]): Promise<ReadCache> {
  try {
    const inner = await unwrapped(text);
    if (!isSealed(inner)) return { ...readContents(parsePlainJson(inner)), envelope: undefined };
    if (keys.length === 0)
      throw new UsageError(
        `The cache is sealed. Give the key with --encryption-key-file FILE or ${keyVariable}.`,
      );
    const { contents, binding, ...times } = await openForAny(inner, { type: 'entra-user-token-cache', keys });
    return { ...readContents(contents), envelope: { ...binding, ...times } };
  } catch (error) {
    if (error instanceof EnvelopeError) throw cannotOpen(error.message);
    if (error instanceof NotAnMsalCache) throw notACache(await describeWrongFormat(text, error));
    throw error;
  }
}

function readContents(contents: unknown): Pick<ReadCache, 'cache' | 'isEmpty'> {
  return { cache: toMsalCache(contents), isEmpty: isEmpty(contents) };
}

function cannotOpen(reason: string): Failure {
  return new Failure('bad-input', {
    what: 'The cache cannot be opened.',
    why: `it ${reason}.`,
    fix: 'check that the key is the right one and that the cache is complete.',
  });
}

function notACache(reason: string): Failure {
  return new Failure('bad-input', {
    what: 'This is not an MSAL cache.',
    why: `it ${reason}.`,
    fix: `${acceptedForms}.`,
  });
}
