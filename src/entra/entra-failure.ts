import { Failure } from '../failure.ts';
import { type PlainText, plain, plainText } from '../text/plain-text.ts';
import type { Authority } from './authority.ts';
import { type Hint, hintFor } from './error-hints.ts';
import type { OAuthError } from './error-response.ts';
import { isEntra, serverName } from './server-name.ts';
import { adaptAdvice } from './tenant-advice.ts';

/** What a message about an error of the authority needs to know of the step. */
export interface EntraContext {
  readonly clientId: string;
  readonly authority: Pick<Authority, 'url' | 'adminConsent' | 'isCustom'>;
  /** How the person signs in; by device code if left out. */
  readonly flow?: 'browser';
}

/** What the error means, in a few words, and the server's own, made harmless. Without a full stop at the end. */
export function meaningOf(error: OAuthError): PlainText {
  const means = plainText(hintFor(error)?.means);
  const name = codesOf(error);
  const meaning = means === '' ? plain`the server responded ${name}` : plain`${means} (${name})`;
  const words = quoteDescription(error);
  return words === '' ? meaning : plain`${meaning}: "${words}"`;
}

const guid = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
const mailAddress = /[^\s'"<>()@]{1,64}@[^\s'"<>()@]{1,255}/g;

/**
 * The server's own words, for a quotation: at most 200 characters, without ids, names of people, quotation marks and the
 * full stop at the end. Other people may read the log, and the ids that matter stand in the reference.
 */
export function quoteDescription({ description }: Pick<OAuthError, 'description'>): PlainText {
  const words = description.replace(guid, '…').replace(mailAddress, '…').replaceAll('"', "'");
  return plainText(plainText(words, 200).replace(/[.\s]{1,9}$/, ''));
}

/** A failure made of an error of the authority: its meaning, what to do, and the ids under which Entra keeps it. */
export function entraFailure(error: OAuthError, what: string, context: EntraContext): Failure {
  const hint = hintFor(error) ?? unknown(context);
  return new Failure(hint.errorCode ?? 'entra-refused', {
    what,
    why: `${meaningOf(error)}.`,
    fix: `${adaptAdvice(hint.fix, context.authority)}.${forAdministrator(hint, error, context)}`,
    reference: referenceOf(error),
  });
}

function unknown({ authority }: EntraContext): Pick<Hint, 'fix' | 'errorCode' | 'adminConsent' | 'askAdmin'> {
  return isEntra(authority.url)
    ? {
        fix: 'look the code up at https://login.microsoftonline.com/error, or send the reference below to your administrator',
      }
    : { fix: `send the reference below to whoever runs ${serverName(authority.url)}` };
}

/** Code, ids and time, as an administrator needs them to find the event in the sign-in log. */
export function referenceOf(error: OAuthError): PlainText {
  const codes = codesOf(error);
  const parts = [
    error.codes.length > 0 ? `${codes} (${error.error})` : codes,
    error.correlationId && `correlation id ${error.correlationId}`,
    error.traceId && `trace id ${error.traceId}`,
    error.timestamp && `time ${error.timestamp}`,
  ];
  return plainText(parts.filter(Boolean).join(', '));
}

/** The AADSTS codes, mostly one; a general one may stand before the one that tells the cause. The error where there is none. */
export function codesOf({ codes, error }: OAuthError): PlainText {
  const known = codes.slice(0, 3).map((code) => `AADSTS${code}`);
  return plainText(known.join(', ') || error);
}

function forAdministrator(
  { adminConsent, askAdmin }: Pick<Hint, 'adminConsent' | 'askAdmin'>,
  error: OAuthError,
  context: EntraContext,
): string {
  const { clientId, authority } = context;
  if (adminConsent)
    return authority.adminConsent
      ? `\nFor your administrator: ${authority.adminConsent}?client_id=${encodeURIComponent(clientId)}`
      : '';
  return askAdmin ? textForAdministrator(error, context, askAdmin) : '';
}

/**
 * A text that the user can send to their administrator, as a further line of the advice.
 * @param request what the administrator must do
 */
export function textForAdministrator(
  error: OAuthError,
  { clientId, authority, flow }: EntraContext,
  request: string,
): string {
  const how =
    flow === 'browser'
      ? 'for an automated workflow I sign in by browser'
      : 'an automated workflow signs in by device code';
  return (
    `\nFor your administrator: ${how} to the app ${clientId}, and ${serverName(authority.url)} refused it: ` +
    `${referenceOf(error)}. ${request}`
  );
}
