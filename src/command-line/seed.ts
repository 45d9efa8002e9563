import { minutes, systemClock } from '../clock.ts';
import { warningOfSkew } from '../entra/clock-skew.ts';
import type { Network } from '../entra/exchange.ts';
import { allowsLoopbackPage } from '../entra/loopback-page.ts';
import { Failure } from '../failure.ts';
import { httpsTransport } from '../http/https-transport.ts';
import { holdsSignIn } from '../msal-cache/holds-sign-in.ts';
import { holdsRefreshToken, parseMsalCache } from '../msal-cache/msal-cache.ts';
import type { EncryptionKey } from '../sealing/encryption-keys.ts';
import { largestWindowsInput, secretText } from '../stores/actions-secret/secret-text.ts';
import { longestLine, plain, plainText } from '../text/plain-text.ts';
import { inactivityExpiry } from '../text/times.ts';
import type { AccessTokens } from '../token/access-tokens.ts';
import { namesOf } from '../token/display-names.ts';
import { getAccessTokens } from '../token/get-access-tokens.ts';
import type { TokenPorts } from '../token/token-ports.ts';
import type { TokenRequest } from '../token/token-request.ts';
import type { SeedOptions } from './arguments.ts';
import { keyVariable, readEncryptionKeys } from './encryption-key.ts';
import { checkOutputFile, writeOutputFile } from './new-file.ts';
import { longestTerminalLine, type Terminal } from './terminal.ts';
import { createBrowserFlow, createPrompt } from './terminal-prompt.ts';
import { UsageError } from './usage-error.ts';

/**
 * Signs a person in, and saves or prints the sign-in in the form that goes into a secret. Nothing else is printed to
 * standard output.
 * @throws {UsageError} before the person is asked
 * @throws {Failure} and nothing was printed or saved
 */
export async function seed(options: SeedOptions, terminal: Terminal, signal: AbortSignal): Promise<void> {
  if (options.output) checkOutputFile(options.output, options.encryptionKeyFile);
  else if (terminal.isOutputTerminal) throw outputIsTerminal();
  const keys = await readEncryptionKeys(options, terminal.environment);
  if (keys.length === 0) warnOfMissingKey(terminal);

  const ports = createTokenPorts(options, terminal, signal);
  const outcome = await getAccessTokens(createTokenRequest(options), { candidates: [] }, ports);
  if (outcome.kind === 'failed') throw outcome.error;
  if (outcome.kind === 'pending') throw new TypeError('pending');
  const signedIn = outcome.signIn;
  const sealed = await sealSignIn(signedIn, keys, options);
  signal.throwIfAborted();
  if (options.output) writeOutputFile(options.output, `${sealed}\n`);
  else await terminal.print(`${sealed}\n`);
  logResult({ signedIn, sealed, key: keys[0] }, options, terminal);
}

function outputIsTerminal(): UsageError {
  return new UsageError(
    [
      'seed does not print a sign-in to a terminal, where others could read it later. Save it to a file, for example:',
      '  entra-user-token seed --client-id ID --output sign-in.txt && gh secret set ENTRA_TOKEN_CACHE < sign-in.txt',
    ].join('\n'),
  );
}

function warnOfMissingKey({ log }: Terminal): void {
  log(
    plain`Warning: Without a key the sign-in is not sealed: anyone who reads it can act as you. To seal it, use --encryption-key-file FILE or set ${plainText(keyVariable)}.`,
  );
}

function createTokenRequest({ clientId, authority, account, scopes }: SeedOptions): TokenRequest {
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

function createTokenPorts({ deviceCode }: SeedOptions, terminal: Terminal, signal: AbortSignal): TokenPorts {
  return {
    network: createNetwork(terminal, signal),
    person: createPrompt(terminal),
    ...(!deviceCode && { signIn: createBrowserFlow(terminal) }),
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

function createNetwork({ environment, log }: Terminal, signal: AbortSignal): Network {
  return {
    transport: httpsTransport,
    clock: systemClock,
    random: Math.random,
    signal,
    allowsLoopbackPage: allowsLoopbackPage(environment),
    onSkew: warningOfSkew((line) => log(plain`Warning: ${line}`)),
    onRetry: ({ reason }, delay, server) =>
      log(
        plain`A request to ${server} failed: ${plainText(reason, longestLine)}. Retrying in ${Math.ceil(delay / 1000)} s.`,
      ),
  };
}

/** The text for a secret: sealed with the first key, in clear where there is none. */
async function sealSignIn(
  signedIn: AccessTokens,
  keys: readonly EncryptionKey[],
  { clientId, authority }: SeedOptions,
): Promise<string> {
  const cache = parseMsalCache(signedIn.cache);
  const { homeAccountId } = signedIn.account;
  if (!holdsRefreshToken(cache)) throw noRefreshToken();
  if (!holdsSignIn(cache, homeAccountId)) throw refreshTokenOfOtherAccount();

  const now = systemClock.now();
  const details = { ...signedIn.details, signedInAt: now };
  const signIn = { cache: signedIn.cache, homeAccountId, refreshedAt: now, details };
  return secretText(signIn, { keys, binding: { clientId, authority: authority.url } }, now);
}

function noRefreshToken(): Failure {
  return new Failure('entra-refused', {
    what: 'The sign-in cannot be saved.',
    why: 'Entra returned no refresh token: the scope offline_access was not granted.',
    fix: 'consent to offline_access for the app, and run the command again.',
  });
}

function refreshTokenOfOtherAccount(): Failure {
  return new Failure('entra-refused', {
    what: 'The sign-in cannot be saved.',
    why: 'the refresh token in the response belongs to another account than the one that signed in.',
    fix: 'check --tenant-id and --cloud, or --authority, and run the command again.',
  });
}

const longestScopes = 2000;

interface SeedResult {
  readonly signedIn: AccessTokens;
  readonly sealed: string;
  readonly key: EncryptionKey | undefined;
}

function logResult({ signedIn, sealed, key }: SeedResult, options: SeedOptions, { log }: Terminal): void {
  const { account, scopes, cache } = signedIn;
  const show = namesOf(cache);
  const client = plainText(options.clientId, longestLine);
  const authority = plainText(options.authority.url, longestTerminalLine);
  const done = options.output ? plain`Saved` : plain`Printed`;
  log(
    plain`Signed in as ${show(account.username)} (${show(account.homeAccountId)}).`,
    plain`Scopes: ${show(scopes.join(' '), longestScopes)}`,
    key
      ? plain`${done}, sealed with key ${plainText(key.id)}, for client ${client} and authority ${authority}. The workflow must use the same.`
      : plain`${done}, not sealed, for client ${client} and authority ${authority}.`,
    plain`If unused, this sign-in expires on ${inactivityExpiry(systemClock.now())}.`,
  );
  if (sealed.length > largestWindowsInput)
    log(
      plain`Warning: The result has ${sealed.length} characters. A secret can contain 48 KB; an input on a Windows runner, ${largestWindowsInput} characters.`,
    );
}
