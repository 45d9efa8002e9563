import type { AuthenticationResult } from '@azure/msal-node';
import { Failure } from '../failure.ts';
import { accessTokenOf, accessTokens, accountOf } from './access-tokens.ts';
import { createApplication, type TokenResult } from './application.ts';
import { personalTenant } from './authority.ts';
import { deviceCodeExchange } from './device-code.ts';
import type { OAuthError } from './entra-answer.ts';
import { type EntraContext, entraFailure } from './entra-failure.ts';
import { NetworkClient } from './network-client.ts';
import type { ResourceScopes } from './scopes.ts';
import {
  type AccessTokens,
  entraContext,
  isAccepted,
  notUnderstood,
  type TokenPorts,
  type TokenRequest,
} from './token-request.ts';

/** What MSAL made of a sign-in, and its serialized cache. */
export interface SignIn {
  readonly result: AuthenticationResult | null;
  readonly cache: string;
}

/** A way in which a person signs in; {@link acquireTokenByDeviceCode} says what it is given. */
export type SignInFlow = (
  request: TokenRequest,
  claims: string,
  ports: TokenPorts,
  cache?: string,
) => Promise<SignIn>;

/**
 * Lets a person sign in by the device code flow.
 * @param request for the scopes of one resource
 * @param claims what a failed silent call demanded, as JSON; empty for nothing
 * @param cache of the same person's sign-in, where there is one; else the application starts empty: remains of another
 *   account must not live on
 * @param exchange answers MSAL's requests; without it the code is asked for, shown and waited for
 * @throws {Failure} and nothing was kept
 * @see https://datatracker.ietf.org/doc/html/rfc8628
 */
export async function acquireTokenByDeviceCode(
  request: TokenRequest,
  claims: string,
  ports: TokenPorts,
  cache?: string,
  exchange = deviceCodeExchange(ports.network, ports.person, request.signInTimeout, entraContext(request)),
): Promise<SignIn> {
  const client = new NetworkClient(exchange, ports.mask);
  const application = createApplication(request.clientId, request.authority, client, cache);
  const result = await application
    // The exchange shows the code, and waits until it is shown; MSAL would not wait for this callback.
    .acquireTokenByDeviceCode({
      scopes: [...request.scopes],
      deviceCodeCallback: () => undefined,
      ...(claims && { claims }),
    })
    .catch((error: unknown) => {
      throw behindMsal(error, client, client.lastError, entraContext(request));
    });
  return { result, cache: application.getTokenCache().serialize() };
}

/**
 * What to throw where MSAL threw during a sign-in: what its HTTP client met comes first, since MSAL's own error tells
 * neither that nor what Entra said.
 * @param answer the error that Entra answered with, if it did
 */
export function behindMsal(
  error: unknown,
  client: NetworkClient,
  answer: OAuthError | undefined,
  context: EntraContext,
): unknown {
  if (client.thrown !== undefined) return client.thrown;
  if (answer) return entraFailure(answer, 'The sign-in did not succeed.', context);
  return client.answered ? notUnderstood(error) : error;
}

/**
 * The sign-in of the person who was asked for, with the token of one resource more.
 * @param earlier the sign-in that this one adds to, which must be the same person's
 * @throws {Failure} `wrong-account`
 */
export function tokensFromSignIn(
  result: TokenResult,
  cache: string,
  resource: ResourceScopes,
  request: TokenRequest,
  earlier?: AccessTokens,
): AccessTokens {
  const token = accessTokenOf(result, resource, 'sign-in');
  const account = accountOf(result);
  refuseWrongAccount(account, request);
  if (!earlier) return accessTokens([token], { account, cache, candidate: undefined });
  refuseSomebodyElse(account, earlier.account, request);
  return accessTokens([...earlier.tokens, token], { account: earlier.account, cache, candidate: undefined });
}

function refuseSomebodyElse(
  account: AccessTokens['account'],
  first: AccessTokens['account'],
  request: TokenRequest,
): void {
  if (account.homeAccountId.toLowerCase() === first.homeAccountId.toLowerCase()) return;
  const who = request.mayNamePeople
    ? `the first token is ${first.username}'s, and ${account.username} (${account.homeAccountId}) entered the second code`
    : 'somebody else entered the second code';
  throw new Failure('wrong-account', {
    what: 'The wrong account signed in.',
    why: `all tokens of a step are one person's, and ${who}.`,
    fix: `run again, and let ${request.mayNamePeople ? first.username : 'the same person'} enter every code.`,
  });
}

function refuseWrongAccount(account: AccessTokens['account'], request: TokenRequest): void {
  if (!isAccepted(account, request.account)) {
    const who = request.mayNamePeople
      ? `, and ${account.username} (${account.homeAccountId}) signed in`
      : ', and somebody else signed in';
    throw new Failure('wrong-account', {
      what: 'The wrong account signed in.',
      why: `only ${request.account} is accepted${who}.`,
      fix: 'run again and sign in with the right account, or change the input account.',
    });
  }
  const isPersonal = account.homeAccountId.toLowerCase().endsWith(`.${personalTenant}`);
  if (isPersonal && request.authority.tenant === 'common') {
    throw new Failure('wrong-account', {
      what: 'A personal account signed in through "common".',
      why: 'tokens that personal accounts get there fail at their first refresh.',
      fix: 'set tenant-id to "consumers" and run again.',
    });
  }
}
