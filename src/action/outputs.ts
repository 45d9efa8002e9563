import { setFailed, setOutput } from '@actions/core';
import { Failure } from '../failure.ts';
import type { AccessToken } from '../token/token-request.ts';
import { mask } from './masks.ts';

/** Sets the outputs of action.yml. The token is masked first. */
export function setOutputs(token: AccessToken, savedTo: readonly string[]): void {
  mask(token.token);
  setOutput('access-token', token.token);
  setOutput('expires-on', token.expiresOn.toISOString());
  setOutput('username', token.account.username);
  setOutput('tenant-id', token.account.tenantId);
  setOutput('account-id', token.account.homeAccountId);
  setOutput('scopes', token.scopes.join(' '));
  setOutput('source', token.source);
  setOutput('saved-to', savedTo.join(','));
}

/** Fails the step: `error-code` is the only output, the message is the failure's own. */
export function reportFailure(error: unknown): void {
  const failure = error instanceof Failure ? error : unexpected(error);
  setOutput('error-code', failure.code);
  setFailed(failure.message);
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

function placeOf(error: unknown): string {
  const frame = error instanceof Error ? /\/([\w.-]+\.(?:js|ts):\d+:\d+)\)?$/m.exec(error.stack ?? '') : null;
  return frame ? ` at ${frame[1]}` : '';
}
