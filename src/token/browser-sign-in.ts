import { minutes } from '../clock.ts';
import { oauthError } from '../entra/error-response.ts';
import { type Network, retrying } from '../entra/exchange.ts';
import { Failure } from '../failure.ts';
import { createApplication } from './application.ts';
import { NetworkClient } from './network-client.ts';
import { behindMsal, type SignIn } from './sign-in.ts';
import { entraContext, type TokenPorts, type TokenRequest } from './token-request.ts';

/** The redirect URI that the app registration must have; Entra takes any port with it (RFC 8252 section 7.3). */
export const loopbackRedirectUri = 'http://localhost';

/** Where the person signs in. */
export interface Browser {
  /** @param url of the authorization end point, over HTTPS */
  open(url: string): Promise<void>;
}

const whatTheBrowserShows = {
  successTemplate: page(
    'The browser has done its part. You may close this window, and go back to the terminal.',
  ),
  errorTemplate: page('Nobody was signed in. Go back to the terminal: it says why.'),
};

// As long as Entra lets a device code live.
const patience = minutes(15);

/**
 * Lets a person sign in by browser: an authorization code with PKCE, posted to a loopback address. MSAL makes and checks
 * `state` and the code verifier.
 * @param claims what a failed silent call demanded, as JSON; empty for nothing
 * @param cache of the same person's sign-in, where there is one
 * @throws {Failure} and nothing was kept; the loopback server may still listen then, until the process ends
 * @see https://datatracker.ietf.org/doc/html/rfc8252
 * @see https://datatracker.ietf.org/doc/html/rfc7636
 */
export async function acquireTokenByBrowser(
  browser: Browser,
  request: TokenRequest,
  claims: string,
  { network, mask, discovery }: TokenPorts,
  cache?: string,
): Promise<SignIn> {
  const exchange = retrying(network);
  const client = new NetworkClient(discovery?.forSignIn(exchange, network) ?? exchange, mask);
  const application = createApplication(request.clientId, request.authority, client, { cache });
  const signedIn = application
    .acquireTokenInteractive({
      scopes: [...request.scopes],
      // The browser may hold several sessions, and the wrong one would be taken silently.
      ...(request.account.includes('@') ? { loginHint: request.account } : { prompt: 'select_account' }),
      ...(claims && { claims }),
      ...whatTheBrowserShows,
      openBrowser: (url) => browser.open(overHttps(url)),
    })
    .catch((error: unknown) => {
      throw asFailure(error, client, request);
    });
  const over = new AbortController();
  try {
    const result = await Promise.race([signedIn, nobodyCame(network, over.signal)]);
    return { result, cache: application.getTokenCache().serialize(), response: client.tokenResponse };
  } finally {
    over.abort();
  }
}

/** The address comes from the authority's metadata, and goes to a program that would open anything. */
function overHttps(url: string): string {
  if (new URL(url).protocol === 'https:') return url;
  throw new Failure('entra-refused', {
    what: 'The sign-in cannot start.',
    why: 'the authority names an authorization end point that is not under https://.',
    fix: 'check the authority.',
  });
}

function asFailure(error: unknown, client: NetworkClient, request: TokenRequest): unknown {
  if (error instanceof Failure) return error;
  const answer = client.lastError ?? errorInRedirect(error);
  return behindMsal(error, client, answer, { ...entraContext(request), flow: 'browser' });
}

/**
 * The error with which the authority sent the browser back; MSAL has it in an error of its own.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.2.1
 */
function errorInRedirect(error: unknown): ReturnType<typeof oauthError> {
  if (!(error instanceof Error) || error.name !== 'ServerError') return undefined;
  const { errorCode, errorMessage, subError } = error as unknown as Readonly<Record<string, unknown>>;
  const body = JSON.stringify({ error: errorCode, error_description: errorMessage, suberror: subError });
  return oauthError({ status: 0, headers: {}, body });
}

async function nobodyCame({ clock, signal }: Network, over: AbortSignal): Promise<never> {
  await clock.sleep(patience, signal ? AbortSignal.any([signal, over]) : over);
  throw new Failure('sign-in-expired', {
    what: 'Nobody signed in in time.',
    why: 'the browser did not come back within 15 minutes. Where the page shows AADSTS50011, the app registration lacks the redirect URI.',
    fix: `add ${loopbackRedirectUri} under Authentication, "Mobile and desktop applications", if it is missing, and run again; or use --device-code.`,
  });
}

function page(text: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>entra-user-token</title><p>${text}</p></html>`;
}
