import { minutes, seconds, systemClock } from '../clock.ts';
import { warningOfSkew } from '../entra/clock-skew.ts';
import type { Network } from '../entra/exchange.ts';
import { allowsLoopbackPage } from '../entra/loopback-page.ts';
import { Failure } from '../failure.ts';
import { httpsTransport } from '../http/https-transport.ts';
import { holdsSignIn } from '../msal-cache/holds-sign-in.ts';
import { holdsRefreshToken, parseMsalCache } from '../msal-cache/msal-cache.ts';
import { largestWindowsInput, secretText } from '../stores/actions-secret/secret-text.ts';
import { longestLine, plain, plainText } from '../text/plain-text.ts';
import { inactivityExpiry, inMinutes, inUtc } from '../text/times.ts';
import type { AccessTokens } from '../token/access-tokens.ts';
import { acquireTokenByBrowser, loopbackRedirectUri } from '../token/browser-sign-in.ts';
import { namesOf } from '../token/display-names.ts';
import { getAccessTokens } from '../token/get-access-tokens.ts';
import type { Person, SignInFlow, TokenPorts } from '../token/token-ports.ts';
import type { TokenRequest } from '../token/token-request.ts';
import type { SeedOptions } from './arguments.ts';
import { keyVariable, readEncryptionKeys } from './encryption-key.ts';
import { openBrowser } from './open-browser.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/**
 * Signs a person in, and prints the sign-in as it goes into a secret: nothing else is printed to standard output.
 * @throws {UsageError} before anybody is asked
 * @throws {Failure} and nothing was printed
 */
export async function seed(options: SeedOptions, terminal: Terminal, signal: AbortSignal): Promise<void> {
  if (terminal.outputIsScreen) throw notToAScreen();
  const keys = await readEncryptionKeys(options, terminal.environment);
  if (keys.length === 0) {
    terminal.tell(
      plain`Warning: no key is given, so the sign-in is printed in clear: whoever reads it can act as the person. To seal it, give --encryption-key-file FILE or ${plainText(keyVariable)}.`,
    );
  }

  const signedIn = await signIn(options, terminal, signal);
  const cache = parseMsalCache(signedIn.cache);
  const { homeAccountId } = signedIn.account;
  if (!holdsRefreshToken(cache)) throw noRefreshToken();
  if (!holdsSignIn(cache, homeAccountId)) throw ofNobody();

  const now = systemClock.now();
  const details = { ...signedIn.details, signedInAt: now };
  const toSave = { cache: signedIn.cache, homeAccountId, refreshedAt: now, details };
  const binding = { clientId: options.clientId, authority: options.authority.url };
  const printed = await secretText(toSave, { keys, binding }, now);
  await terminal.print(`${printed}\n`);
  tellResult(signedIn, printed, keys[0]?.id, options, terminal);
}

async function signIn(options: SeedOptions, terminal: Terminal, signal: AbortSignal): Promise<AccessTokens> {
  const ports = tokenPorts(options, terminal, signal);
  const outcome = await getAccessTokens(tokenRequest(options), { candidates: [] }, ports);
  if (outcome.kind === 'tokens') return outcome.signIn;
  throw outcome.kind === 'failed' ? outcome.error : new TypeError('pending');
}

function notToAScreen(): UsageError {
  return new UsageError(
    [
      'The sign-in is not printed to a terminal, where it would stay readable. Send it on, for example:',
      '  entra-user-token seed --client-id … | gh secret set ENTRA_TOKEN_CACHE',
    ].join('\n'),
  );
}

function tokenRequest({ clientId, authority, account, scopes }: SeedOptions): TokenRequest {
  return {
    clientId,
    authority,
    account,
    scopes,
    minimumLifetime: 0,
    signInTimeout: minutes(15),
    forceSignIn: true,
    mayNamePeople: true,
  };
}

function tokenPorts({ deviceCode }: SeedOptions, terminal: Terminal, signal: AbortSignal): TokenPorts {
  return {
    network: networkFor(terminal, signal),
    person: personAt(terminal),
    ...(!deviceCode && { signIn: byBrowser(terminal) }),
    mask: () => undefined,
    // They are about stored sign-ins, and there is none.
    events: {
      onIgnored: () => undefined,
      onAccountTaken: () => undefined,
      onShortLifetime: () => undefined,
      onFurtherCode: () => undefined,
    },
  };
}

function networkFor(terminal: Terminal, signal: AbortSignal): Network {
  return {
    transport: httpsTransport,
    clock: systemClock,
    random: Math.random,
    signal,
    allowsLoopbackPage: allowsLoopbackPage(terminal.environment),
    onSkew: warningOfSkew((line) => terminal.tell(plain`Warning: ${line}`)),
    onRetry: ({ reason }, delay, server) =>
      terminal.tell(
        plain`${server} could not be used: ${plainText(reason, longestLine)}. Trying again in ${Math.ceil(delay / 1000)} s.`,
      ),
  };
}

function byBrowser(terminal: Terminal): SignInFlow {
  const open = async (url: string): Promise<void> => {
    terminal.tell(
      plain`The app registration needs the redirect URI ${plainText(loopbackRedirectUri)} (Authentication, "Mobile and desktop applications"); any port will do.`,
    );
    terminal.tell(
      plain`Sign in in the browser that opens now. If none does, open this address on this machine:`,
    );
    terminal.tell(plainText(url, longestAddress));
    openBrowser(url, (problem) =>
      terminal.tell(
        plain`No browser could be opened (${plainText(problem, longestLine)}). Open the address above, or use --device-code where this machine has none.`,
      ),
    );
  };
  return (...asked) => acquireTokenByBrowser({ open }, ...asked);
}

function personAt(terminal: Terminal): Person {
  let wasAsked = false;
  return {
    reminderInterval: seconds(30),
    async prompt(reason) {
      if (wasAsked) terminal.tell(plain`One more sign-in is needed, of the same person: ${reason}.`);
      wasAsked = true;
    },
    show: async ({ userCode, verificationUri, warning, waitUntil }) => {
      if (warning !== '') terminal.tell(plain`Warning: ${warning}`);
      terminal.tell(
        plain`To sign in, open ${plainText(verificationUri, longestAddress)} and enter code ${plainText(userCode)}`,
      );
      terminal.tell(plain`The code is good until ${inUtc(waitUntil)}.`);
    },
    remind: ({ userCode, verificationUri }, left) =>
      terminal.tell(
        plain`Waiting for ${plainText(verificationUri, longestAddress)} with code ${plainText(userCode)}: ${inMinutes(left)} left.`,
      ),
  };
}

function noRefreshToken(): Failure {
  return new Failure('entra-refused', {
    what: 'The sign-in cannot be kept.',
    why: 'Entra gave no refresh token with it: the scope offline_access was not granted.',
    fix: 'let offline_access be consented to for the app, and run again.',
  });
}

function ofNobody(): Failure {
  return new Failure('entra-refused', {
    what: 'The sign-in cannot be kept.',
    why: 'the refresh token that came with it is not one of the account that signed in.',
    fix: 'check tenant-id and cloud, or authority, and run again.',
  });
}

const longestScopes = 2000;
// What a terminal prints of a line.
const longestAddress = 4000;

function tellResult(
  { account, scopes, cache }: AccessTokens,
  printed: string,
  keyId: string | undefined,
  { authority, clientId }: SeedOptions,
  terminal: Terminal,
): void {
  const show = namesOf(cache);
  terminal.tell(plain`Signed in as ${show(account.username)} (${show(account.homeAccountId)}).`);
  terminal.tell(plain`Scopes: ${show(scopes.join(' '), longestScopes)}`);
  const client = plainText(clientId, longestLine);
  const url = plainText(authority.url, longestAddress);
  terminal.tell(
    keyId
      ? plain`Printed, sealed with key ${plainText(keyId)}, for the client ${client} and ${url}: the workflow must name the same.`
      : plain`Printed, in clear, for the client ${client} and ${url}.`,
  );
  terminal.tell(plain`Unused, the sign-in dies on ${inactivityExpiry(systemClock.now())}.`);
  if (printed.length > largestWindowsInput) {
    terminal.tell(
      plain`Warning: it has ${printed.length} characters. A secret holds 48 KB, and an input on a Windows runner ${largestWindowsInput} characters.`,
    );
  }
}
