import type { EncryptionKey } from './encryption-keys.ts';
import { type Binding, EnvelopeError, open, seal } from './envelope.ts';
import { isObjectOf } from './sign-in-details.ts';

/** What a pending sign-in belongs to: to finish it elsewhere, or for something else, is refused. */
export interface PendingBinding extends Binding {
  /** The workflow run, by its web address; all its attempts are one run. */
  readonly run: string;
  /** The only account that the step which began it accepts; empty for any. */
  readonly account: string;
  /** All scopes of the step that began it. */
  readonly scopes: readonly string[];
}

interface Contents {
  readonly run: string;
  readonly account: string;
  readonly scopes: string;
  readonly signIn: unknown;
}

const prefix = 'entra-user-token-pending.';

/** True when the text is, or once was, a sealed pending sign-in. */
export function looksPending(text: string): boolean {
  return text.startsWith(prefix);
}

/**
 * Seals a pending sign-in for another job of the run. `now`: milliseconds since the epoch. The text is a JWE that looks like none: the platform drops a job
 * output that it takes for a JWT, which it knows by `eyJ`. So a prefix stands before it, and `ey~J` in place of `eyJ`.
 */
export async function sealPendingSignIn(
  signIn: unknown,
  {
    key,
    binding: { run, account, scopes, clientId, authority },
    now,
  }: { readonly key: EncryptionKey; readonly binding: PendingBinding; readonly now: number },
): Promise<string> {
  const contents: Contents = { run, account, scopes: asText(scopes), signIn };
  const binding = { clientId, authority };
  const times = { sealedAt: now, refreshedAt: now };
  return (
    prefix + withoutJwtPrefix(await seal(contents, { type: 'entra-user-token-pending', key, binding }, times))
  );
}

/**
 * Opens a pending sign-in.
 * @returns what was sealed
 * @throws {EnvelopeError} why it was not opened
 */
export async function openPendingSignIn(
  text: string,
  keys: readonly EncryptionKey[],
  { run, account, scopes, ...binding }: PendingBinding,
): Promise<unknown> {
  const jwe = text.slice(prefix.length).replaceAll('ey~J', 'eyJ');
  if (text !== prefix + withoutJwtPrefix(jwe))
    throw new EnvelopeError('tampered', 'was changed after it was sealed');

  const opened = await open(jwe, { type: 'entra-user-token-pending', keys, binding });
  const { contents } = opened;
  if (!isContents(contents)) throw new EnvelopeError('tampered', 'was changed after it was sealed');
  if (contents.run !== run) throw new EnvelopeError('other-run', 'was begun in another workflow run');
  if (contents.account !== account)
    throw new EnvelopeError('other-account', 'was begun for another value of the input account');
  if (contents.scopes !== asText(scopes))
    throw new EnvelopeError('other-scopes', 'was begun for other scopes');
  return contents.signIn;
}

function isContents(value: unknown): value is Contents {
  return (
    isObjectOf(value, ['run', 'account', 'scopes', 'signIn']) &&
    [value['run'], value['account'], value['scopes']].every((member) => typeof member === 'string')
  );
}

// Entra compares scopes without case.
function asText(scopes: readonly string[]): string {
  return scopes.join(' ').toLowerCase();
}

function withoutJwtPrefix(jwe: string): string {
  return jwe.replaceAll('eyJ', 'ey~J');
}
