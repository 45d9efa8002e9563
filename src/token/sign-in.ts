import type { AuthenticationResult } from '@azure/msal-node';
import { Failure } from '../failure.ts';
import { createApplication, type TokenResult } from './application.ts';
import { personalTenant } from './authority.ts';
import { deviceCodeExchange } from './device-code.ts';
import { entraFailure } from './entra-failure.ts';
import { NetworkClient } from './network-client.ts';
import {
  type AccessToken,
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

/**
 * Lets a person sign in by the device code flow, on an empty application: remains of another account must not live on.
 * @param claims what a failed silent call demanded, as JSON; empty for nothing
 * @throws {Failure} and nothing was kept
 * @see https://datatracker.ietf.org/doc/html/rfc8628
 */
export async function acquireTokenByDeviceCode(
  request: TokenRequest,
  claims: string,
  ports: TokenPorts,
): Promise<SignIn> {
  const exchange = deviceCodeExchange(
    ports.network,
    ports.person,
    request.signInTimeout,
    entraContext(request),
  );
  const client = new NetworkClient(exchange, ports.mask);
  const application = createApplication(request.clientId, request.authority, client);
  const result = await application
    // The exchange shows the code, and waits until it is shown; MSAL would not wait for this callback.
    .acquireTokenByDeviceCode({
      scopes: [...request.scopes],
      deviceCodeCallback: () => undefined,
      ...(claims && { claims }),
    })
    .catch((error: unknown) => {
      if (client.thrown !== undefined) throw client.thrown;
      if (client.lastError)
        throw entraFailure(client.lastError, 'The sign-in did not succeed.', entraContext(request));
      throw client.answered ? notUnderstood(error) : error;
    });
  return { result, cache: application.getTokenCache().serialize() };
}

/** The token of the person who was asked for. */
export function tokenFromSignIn(result: TokenResult, cache: string, request: TokenRequest): AccessToken {
  const { username, homeAccountId, tenantId } = result.account;
  const account = { username, homeAccountId, tenantId: result.tenantId || tenantId };
  refuseWrongAccount(account, request);
  return {
    token: result.accessToken,
    expiresOn: result.expiresOn,
    account,
    scopes: result.scopes,
    source: 'sign-in',
    cache,
    candidate: undefined,
  };
}

function refuseWrongAccount(account: AccessToken['account'], request: TokenRequest): void {
  if (!isAccepted(account, request.account)) {
    const who = request.mayNamePeople
      ? `, and ${account.username} (${account.homeAccountId}) signed in`
      : ', and somebody else signed in';
    throw new Failure('wrong-account', {
      what: 'The wrong account signed in.',
      why: `only ${request.account} is accepted${who}.`,
      fix: 'run again and sign in with the right account, or change the input account. Nothing was output or saved.',
    });
  }
  const isPersonal = account.homeAccountId.toLowerCase().endsWith(`.${personalTenant}`);
  if (isPersonal && request.authority.tenant === 'common') {
    throw new Failure('wrong-account', {
      what: 'A personal account signed in through "common".',
      why: 'tokens that personal accounts get there fail at their first refresh.',
      fix: 'set tenant-id to "consumers" and run again. Nothing was output or saved.',
    });
  }
}
