import { Failure } from '../failure.ts';
import { type PlainText, plain, plainText } from '../text/plain-text.ts';
import type { AccessTokens } from '../token/access-tokens.ts';
import { helpLine } from './help-line.ts';
import { mask } from './masking.ts';
import { type Outputs, OutputsUnwritable, writeOutputs } from './output-file.ts';
import { standardError, standardOutput, writeNow } from './write-now.ts';

/** The outputs of a step that has its tokens. The tokens, and what is made of them, are masked first. */
export function tokenOutputs(signIn: AccessTokens, xoauth2: string, savedTo: readonly string[]): Outputs {
  const tokens = Object.fromEntries(signIn.tokens.map(({ resource, token }) => [resource, token]));
  const inOneLine = JSON.stringify(tokens);
  for (const secret of [...Object.values(tokens), inOneLine, xoauth2]) mask(secret);
  return {
    'access-token': signIn.tokens[0].token,
    'access-tokens': inOneLine,
    xoauth2,
    'expires-on': signIn.expiresOn.toISOString(),
    username: signIn.account.username,
    'tenant-id': signIn.account.tenantId,
    'account-id': signIn.account.homeAccountId,
    scopes: signIn.scopes.join(' '),
    source: signIn.source,
    'saved-to': savedTo.join(','),
  };
}

/** What is handed to a later job, and shown to the person. */
export interface PendingOutputs {
  /** Sealed. */
  readonly pendingSignIn: string;
  readonly userCode: string;
  readonly verificationUri: string;
}

/** The outputs of a step that does not wait for the person; none of them is masked, or no later job would get it. */
export function pendingOutputs({ pendingSignIn, userCode, verificationUri }: PendingOutputs): Outputs {
  return { 'pending-sign-in': pendingSignIn, 'user-code': userCode, 'verification-uri': verificationUri };
}

/** No sign-in is needed, and the step that does not wait says so in its outputs. */
export const nothingPending = pendingOutputs({ pendingSignIn: '', userCode: '', verificationUri: '' });

/**
 * Tells why the step fails: `error-code` is the only output, and in the title; the message is the failure's own, with where
 * to read more. It is written at once, and
 * reaches the log where no output can be written. Never throws.
 * @param savedTo the stores to which a sign-in was saved all the same, in words; empty for none
 * @param environment of the process
 */
export function reportFailure(error: unknown, savedTo: string, environment: NodeJS.ProcessEnv): void {
  const failure = error instanceof Failure ? error : unexpectedError(error);
  const left = savedTo
    ? plain`Nothing was output. The sign-in itself works, and was saved to ${plainText(savedTo, 1000)}.`
    : plain`Nothing was output or saved.`;
  const unwritten = trySetErrorCode(failure);
  const lines = [...failure.lines, left];
  if (unwritten && unwritten.message !== failure.message)
    lines.push(
      plain`The output error-code could not be set. Why: ${plainText(unwritten.explanation.why, longestReason)}`,
    );
  lines.push(helpLine(failure.code, environment));
  const title = `entra-user-token%3A ${failure.code}`;
  const isWritten = writeNow(standardOutput, `::error title=${title}::${commandData(lines)}\n`);
  // Where the file for outputs does not work, commands may not be read either.
  if (!isWritten || (unwritten ?? failure instanceof OutputsUnwritable))
    writeNow(standardError, `${lines.join('\n')}\n`);
}

const longestReason = 4000;

function trySetErrorCode({ code }: Failure): Failure | undefined {
  try {
    writeOutputs({ 'error-code': code });
    return undefined;
  } catch (error) {
    return error instanceof OutputsUnwritable ? error : unexpectedError(error);
  }
}

/** @see https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function commandData(lines: readonly PlainText[]): string {
  return lines.join('\n').replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

// The message of an unexpected error may quote a token or a server, so only its kind is shown.
function unexpectedError(error: unknown): Failure {
  const kind =
    error instanceof Error ? (/^[A-Za-z]{0,40}Error$/.exec(error.name)?.[0] ?? 'Error') : typeof error;
  // MSAL's codes are words; anything else there might be a token.
  const code =
    error instanceof Error && 'errorCode' in error && /^[a-z_]{1,60}$/.test(String(error.errorCode))
      ? ` ${String(error.errorCode)}`
      : '';
  return new Failure('internal-error', {
    what: 'This action failed with an unexpected error.',
    why: `${kind}${code}${placeOf(error)}.`,
    fix: 'run again. If it happens again, report it with this message, but without a token or a cache.',
  });
}

/** The file and line that an error came from, as its stack has it on each system; empty where it has none. */
export function placeOf(error: unknown): string {
  const frame =
    error instanceof Error ? /[\\/]([\w.-]+\.(?:js|ts):\d+:\d+)\)?$/m.exec(error.stack ?? '') : null;
  return frame ? ` at ${frame[1]}` : '';
}
