import { Failure } from '../failure.ts';
import type { HttpRequest, HttpResponse } from '../http/transport.ts';
import { plainText } from '../text/plain-text.ts';
import { type EntraContext, entraFailure, quoteDescription } from './entra-failure.ts';
import { jsonObject, oauthError } from './error-response.ts';
import { createRetryingExchange, type Exchange, type Network } from './exchange.ts';
import { isEntra, serverName, serverNameFirst } from './server-name.ts';
import { absentStatuses } from './transient-errors.ts';

/**
 * Asks the authority for a device code. Entra has this endpoint, so whatever else responds there may pass, and the request
 * is tried again; another authority may have none, and says so with whatever its web server has for an unknown path.
 */
export function createCodeExchange(network: Network, { authority }: EntraContext): Exchange {
  return createRetryingExchange(network, isEntra(authority.url) ? undefined : lacksDeviceFlow);
}

// Request timeout, too early, too many requests.
const passingStatuses: readonly number[] = [408, 425, 429];

/** True for a response that no authority with a device code flow sends, and that will be the same in a minute. */
function lacksDeviceFlow(response: HttpResponse): boolean {
  const { status } = response;
  if (absentStatuses.includes(status)) return true;
  if (status >= 500 || passingStatuses.includes(status)) return false;
  return !jsonObject(response) || (status >= 300 && !oauthError(response));
}

/** Why a response holds no device code. */
export function deviceCodeFailure(
  response: HttpResponse,
  { url }: Pick<HttpRequest, 'url'>,
  context: EntraContext,
): Failure {
  const authority = context.authority.url;
  const error = oauthError(response);
  if (!isEntra(authority)) {
    if (!error || absentStatuses.includes(response.status))
      return missingDeviceFlow(response, url, authority);
    return entraFailure(error, `${serverNameFirst(authority)} refused to begin a device code flow.`, context);
  }
  const what = 'Failed to create device flow: check the app registration.';
  if (error) return entraFailure(error, what, context);
  return new Failure('entra-refused', {
    what,
    why: `the server responded ${response.status} without a user code.`,
    fix: 'check client-id, tenant-id and cloud (or authority), and that the app registration says "Allow public client flows": Yes.',
  });
}

function missingDeviceFlow(response: HttpResponse, url: string, authority: string): Failure {
  const path = plainText(new URL(url).pathname, 200);
  const isPage = response.body.trim() !== '' && !jsonObject(response);
  const error = oauthError(response);
  const words = error ? `: "${quoteDescription(error) || error.error}"` : '';
  return new Failure('entra-refused', {
    what: `${serverNameFirst(authority)} offers no device code flow.`,
    why: isPage
      ? `it responded ${response.status} at ${path}, where that flow begins, with a text that is no JSON (a proxy may have responded in its place).`
      : `it responded ${response.status} at ${path}, where that flow begins, without a device code${words}.`,
    fix: `check the URL of ${serverName(authority)}. If it is right, sign in by browser with the command line companion (its command seed, without --device-code), and pass what it prints as the input token-cache; later runs refresh it.`,
  });
}
