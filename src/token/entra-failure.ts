import { Failure } from '../failure.ts';
import type { OAuthError } from './entra-answer.ts';
import { type Hint, hintFor } from './error-hints.ts';

/** What a message about an Entra error needs to know of the step. */
export interface EntraContext {
  readonly clientId: string;
  /** The authority's URL. */
  readonly authority: string;
  /** How the person signs in; by device code if left out. */
  readonly flow?: 'browser';
}

/** What the error means, in a few words; Entra's own, made harmless, where no hint is known. */
export function meaningOf(error: OAuthError): string {
  const means = hintFor(error.error, error.suberror, error.codes)?.means;
  const name = error.codes[0] ? `AADSTS${error.codes[0]}` : error.error;
  return means
    ? `${means} (${name})`
    : `Entra answered ${name}${error.description ? `: ${error.description}` : ''}`;
}

/** A failure made of an Entra error: its meaning, what to do, and the ids under which Entra keeps it. */
export function entraFailure(error: OAuthError, what: string, context: EntraContext): Failure {
  const hint = hintFor(error.error, error.suberror, error.codes);
  const fix =
    hint?.fix ??
    'look the code up at https://login.microsoftonline.com/error, or send the reference below to your administrator';
  return new Failure(hint?.errorCode ?? 'entra-refused', {
    what,
    why: `${meaningOf(error)}.`,
    fix: `${fix}.${forAdministrator(hint, error, context)}`,
    reference: referenceOf(error),
  });
}

/** Code, ids and time, as an administrator needs them to find the event in the sign-in log. */
export function referenceOf(error: OAuthError): string {
  const parts = [
    error.codes[0] ? `AADSTS${error.codes[0]} (${error.error})` : error.error,
    error.correlationId && `correlation id ${error.correlationId}`,
    error.traceId && `trace id ${error.traceId}`,
    error.timestamp && `time ${error.timestamp}`,
  ];
  return parts.filter(Boolean).join(', ');
}

function forAdministrator(
  hint: Omit<Hint, 'codes'> | undefined,
  error: OAuthError,
  { clientId, authority, flow }: EntraContext,
): string {
  if (!hint?.admin) return '';
  if (hint.errorCode === 'consent-needed')
    return `\nFor your administrator: ${authority}/adminconsent?client_id=${encodeURIComponent(clientId)}`;
  const how =
    flow === 'browser'
      ? 'for an automated workflow I sign in by browser'
      : 'an automated workflow signs in by device code';
  return (
    `\nFor your administrator: ${how} to the app ${clientId}, and Entra refused it: ` +
    `${referenceOf(error)}. Please look the correlation id up in the sign-in log. If the workflow may run, exclude this ` +
    'account and this app, and nothing else, from the policy that is named there.'
  );
}
