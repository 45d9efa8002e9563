import { setFailed, setOutput } from '@actions/core';
import { Failure } from '../failure.ts';
import type { AccessTokens } from '../token/token-request.ts';
import { mask } from './masks.ts';

/** Sets the outputs of action.yml. The tokens, and what is made of them, are masked first. */
export function setOutputs(signIn: AccessTokens, xoauth2: string, savedTo: readonly string[]): void {
  const tokens = Object.fromEntries(signIn.tokens.map(({ resource, token }) => [resource, token]));
  for (const token of Object.values(tokens)) mask(token);
  setOutput('access-token', signIn.tokens[0].token);
  setSecretOutput('access-tokens', JSON.stringify(tokens));
  setSecretOutput('xoauth2', xoauth2);
  setOutput('expires-on', signIn.expiresOn.toISOString());
  setOutput('username', signIn.account.username);
  setOutput('tenant-id', signIn.account.tenantId);
  setOutput('account-id', signIn.account.homeAccountId);
  setOutput('scopes', signIn.scopes.join(' '));
  setOutput('source', signIn.source);
  setOutput('saved-to', savedTo.join(','));
}

function setSecretOutput(name: string, value: string): void {
  mask(value);
  setOutput(name, value);
}

/** What is handed to a later job, and shown to the person. */
export interface PendingOutputs {
  /** Sealed. */
  readonly pendingSignIn: string;
  readonly userCode: string;
  readonly verificationUri: string;
}

/** Sets the outputs of a step that does not wait for the person; none of them is masked, or no later job would get it. */
export function setPendingOutputs({ pendingSignIn, userCode, verificationUri }: PendingOutputs): void {
  setOutput('pending-sign-in', pendingSignIn);
  setOutput('user-code', userCode);
  setOutput('verification-uri', verificationUri);
}

/** No sign-in is needed, and the step that does not wait has said so in its outputs. */
export function setNothingPending(): void {
  setPendingOutputs({ pendingSignIn: '', userCode: '', verificationUri: '' });
}

/**
 * Fails the step: `error-code` is the only output, the message is the failure's own.
 * @param savedTo the stores to which a sign-in was saved all the same, in words; empty for none
 */
export function reportFailure(error: unknown, savedTo: string): void {
  const failure = error instanceof Failure ? error : unexpected(error);
  const left = savedTo
    ? `Nothing was output. The sign-in lives all the same, and was saved to ${savedTo}.`
    : 'Nothing was output or saved.';
  setOutput('error-code', failure.code);
  setFailed(`${failure.message}\n${left}`);
}

// What an unforeseen error says may quote a token or a server, so only its kind is told.
function unexpected(error: unknown): Failure {
  const kind =
    error instanceof Error ? (/^[A-Za-z]{0,40}Error$/.exec(error.name)?.[0] ?? 'Error') : typeof error;
  // MSAL's codes are words, so that a token that somebody put there is not told.
  const code =
    error instanceof Error && 'errorCode' in error && /^[a-z_]{1,60}$/.test(String(error.errorCode))
      ? ` ${String(error.errorCode)}`
      : '';
  return new Failure('internal-error', {
    what: 'This action met an error that it does not know.',
    why: `${kind}${code}${placeOf(error)}.`,
    fix: 'run again; if it comes back, report it with this message. Never send a token or a cache with it.',
  });
}

/** The file and line that an error came from, as its stack has it on each system; empty where it has none. */
export function placeOf(error: unknown): string {
  const frame =
    error instanceof Error ? /[\\/]([\w.-]+\.(?:js|ts):\d+:\d+)\)?$/m.exec(error.stack ?? '') : null;
  return frame ? ` at ${frame[1]}` : '';
}
