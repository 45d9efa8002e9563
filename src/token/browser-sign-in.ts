import { minutes } from '../clock.ts';
import { createRetryingExchange, type Network } from '../entra/exchange.ts';
import { Failure } from '../failure.ts';
import { createApplication } from './application.ts';
import { signInFailure } from './failure-behind-msal.ts';
import { NetworkClient } from './network-client.ts';
import { completedSignIn } from './sign-in.ts';
import type { CompletedSignIn, TokenPorts, WantedSignIn } from './token-ports.ts';

/** The redirect URI that the app registration must have; Entra takes any port with it (RFC 8252 section 7.3). */
export const loopbackRedirectUri = 'http://localhost';

/** Where the person signs in. */
export interface Browser {
  /** @param url of the authorization endpoint, over HTTPS */
  open(url: string): Promise<void>;
}

const browserPages = {
  successTemplate: createPage('The browser has sent the sign-in to the terminal. You can close this window.'),
  errorTemplate: createPage('You are not signed in. The terminal shows why.'),
};

// As long as a device code is valid at Entra.
const browserTimeout = minutes(15);

/**
 * Lets a person sign in by browser: an authorization code with PKCE, posted to a loopback address. MSAL makes and checks
 * `state` and the code verifier.
 * @throws {Failure} and nothing was stored; the loopback server may still listen then, until the process ends
 * @see https://datatracker.ietf.org/doc/html/rfc8252
 * @see https://datatracker.ietf.org/doc/html/rfc7636
 */
export async function acquireTokenByBrowser(
  browser: Browser,
  { request, claims, cache }: WantedSignIn,
  { network, mask, discovery }: TokenPorts,
): Promise<CompletedSignIn> {
  const exchange = createRetryingExchange(network);
  const client = new NetworkClient(discovery?.forSignIn(exchange, network) ?? exchange, mask);
  const application = createApplication(request, client, { cache });
  const signedIn = application
    .acquireTokenInteractive({
      scopes: [...request.scopes],
      // The browser may have several sessions, and would silently use the wrong one.
      ...(request.account.includes('@') ? { loginHint: request.account } : { prompt: 'select_account' }),
      ...(claims && { claims }),
      ...browserPages,
      openBrowser: (url) => browser.open(overHttps(url)),
    })
    .catch((error: unknown) => {
      throw error instanceof Failure ? error : signInFailure(error, client, { ...request, flow: 'browser' });
    });
  const ended = new AbortController();
  try {
    return completedSignIn(
      await Promise.race([signedIn, endWithoutBrowser(network, ended.signal)]),
      application,
      client,
    );
  } finally {
    ended.abort();
  }
}

/** The address comes from the authority's metadata, and goes to a program that would open anything. */
function overHttps(url: string): string {
  if (new URL(url).protocol === 'https:') return url;
  throw new Failure('entra-refused', {
    what: 'The sign-in cannot start.',
    why: 'the authority names an authorization endpoint that does not use https://.',
    fix: 'check --authority.',
  });
}

async function endWithoutBrowser({ clock, signal }: Network, ended: AbortSignal): Promise<never> {
  await clock.sleep(browserTimeout, signal ? AbortSignal.any([signal, ended]) : ended);
  throw new Failure('sign-in-expired', {
    what: 'Nobody signed in in time.',
    why: 'the browser did not return within 15 minutes. If the page shows AADSTS50011, the app registration lacks the redirect URI.',
    fix: `if it is missing, add ${loopbackRedirectUri} under Authentication, "Mobile and desktop applications", and run the command again; or use --device-code.`,
  });
}

function createPage(text: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>entra-user-token</title><p>${text}</p></html>`;
}
