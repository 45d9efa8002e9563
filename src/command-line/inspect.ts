import { systemClock } from '../clock.ts';
import { Failure } from '../failure.ts';
import { NotAnMsalCache, toMsalCache } from '../msal-cache/msal-cache.ts';
import type { EncryptionKey } from '../sealing/encryption-keys.ts';
import { EnvelopeError, openForAny } from '../sealing/envelope.ts';
import {
  acceptedForms,
  isSealed,
  parsePlainJson,
  unwrapped,
  whatIsWrong,
} from '../stores/token-cache/token-cache-input.ts';
import type { KeyOptions } from './arguments.ts';
import { describe, type ReadCache } from './description.ts';
import { keyVariable, readEncryptionKeys } from './encryption-key.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/**
 * Tells what the cache on standard input holds, without a secret.
 * @throws {UsageError} when there is nothing to read
 * @throws {Failure} when it is no cache, or a sealed one that does not open
 */
export async function inspect(options: KeyOptions, terminal: Terminal): Promise<void> {
  if (terminal.inputIsKeyboard)
    throw new UsageError(
      'The cache is read from standard input, for example:\n  entra-user-token inspect < cache.json',
    );
  const keys = await readEncryptionKeys(options, terminal.environment);
  const text = (await terminal.read()).trim();
  if (text === '') throw new UsageError('Standard input is empty; send the cache there.');

  const read = await readCache(text, keys);
  await terminal.print(`${describe(read, systemClock.now()).join('\n')}\n`);
}

async function readCache(text: string, keys: readonly EncryptionKey[]): Promise<ReadCache> {
  try {
    const inner = await unwrapped(text);
    if (!isSealed(inner)) return { cache: toMsalCache(parsePlainJson(inner)), envelope: undefined };
    if (keys.length === 0)
      throw new UsageError(`It is sealed; give the key with --encryption-key-file FILE or ${keyVariable}.`);
    const { contents, binding, ...times } = await openForAny('entra-user-token-cache', keys, inner);
    return { cache: toMsalCache(contents), envelope: { ...binding, ...times } };
  } catch (error) {
    if (error instanceof EnvelopeError) throw doesNotOpen(error.message);
    if (error instanceof NotAnMsalCache) throw noCache(`it ${await whatIsWrong(text, error)}`);
    throw error;
  }
}

function doesNotOpen(why: string): Failure {
  return new Failure('bad-input', {
    what: 'The cache does not open.',
    why: `it ${why}.`,
    fix: 'check the key, and that the text is whole.',
  });
}

function noCache(why: string): Failure {
  return new Failure('bad-input', {
    what: 'What stands on standard input is no MSAL cache.',
    why: `${why}.`,
    fix: `${acceptedForms}.`,
  });
}
