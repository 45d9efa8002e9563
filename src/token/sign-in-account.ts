import type { Authority } from '../entra/authority.ts';
import { sameHomeAccountId } from '../entra/home-account-id.ts';
import type { ResponseAccount } from '../entra/response-account.ts';
import { isPersonal, unsuitableAccount } from '../entra/tenant.ts';
import { inItsSettings } from '../entra/tenant-advice.ts';
import { Failure } from '../failure.ts';
import type { StoredAccount } from '../msal-cache/stored-account.ts';
import { acceptanceOf, type PinnedAccount } from './accepted-account.ts';
import type { ShowName } from './display-names.ts';
import type { AccessTokens, TokenRequest } from './token-request.ts';

/**
 * Refuses the tokens of somebody who is not the one that was asked for.
 * @param account who signed in
 * @throws {Failure} `wrong-account`
 */
export function refuseWrongAccount(account: ResponseAccount, request: TokenRequest, show: ShowName): void {
  const { homeAccountId, username, tenant } = account;
  const acceptance = acceptanceOf(
    account,
    request,
    request.authority.wellKnown ? tenant : undefined,
    undefined,
  );
  if (acceptance === 'guest') throw guestByName(request);
  if (acceptance === 'other') throw username === '' ? unnamed(request) : wrongAccount(account, request, show);
  const { authority } = request;
  const unsuitable = unsuitableAccount(authority, homeAccountId);
  if (unsuitable) throw unsuitableSignIn(unsuitable, authority);
  if (authority.wellKnown && authority.tenant === 'common' && isPersonal(homeAccountId))
    throw personalThroughCommon(authority);
}

/**
 * Refuses new tokens of a stored account that turns out to be a guest's, whom a name does not identify.
 * @param tenant of the tokens
 * @throws {Failure} `wrong-account`
 */
export function refuseGuest(
  account: StoredAccount,
  tenant: string | undefined,
  request: TokenRequest,
  pinned: PinnedAccount | undefined,
): void {
  // Of a domain whose tenant nobody has named it is not known who is a guest.
  const known = request.authority.wellKnown ? (tenant ?? unknownTenant) : undefined;
  if (acceptanceOf(account, request, known, pinned) === 'guest') throw guestByName(request);
}

/** @throws {Failure} `wrong-account` when it is not the person who signed in first */
export function refuseSomebodyElse(
  account: StoredAccount,
  first: AccessTokens['account'],
  { mayNamePeople }: TokenRequest,
  show: ShowName,
): void {
  if (sameHomeAccountId(account.homeAccountId, first.homeAccountId)) return;
  const who = mayNamePeople
    ? `the first token is ${show(first.username)}'s, and ${named(account, show)} entered the second code`
    : 'somebody else entered the second code';
  throw new Failure('wrong-account', {
    what: 'The wrong account signed in.',
    why: `all tokens of a step are one person's, and ${who}.`,
    fix: `run again, and let ${mayNamePeople ? show(first.username) || 'the same person' : 'the same person'} enter every code.`,
  });
}

/** Nobody's home tenant: any text that is no tenant id. */
const unknownTenant = 'unknown';

function named({ username, homeAccountId }: StoredAccount, show: ShowName): string {
  const [name, id] = [show(username), show(homeAccountId)];
  return name === '' ? `the account ${id}` : `${name} (${id})`;
}

function wrongAccount(
  account: StoredAccount,
  { account: wanted, mayNamePeople }: TokenRequest,
  show: ShowName,
): Failure {
  const who = mayNamePeople ? `, and ${named(account, show)} signed in` : ', and somebody else signed in';
  return new Failure('wrong-account', {
    what: 'The wrong account signed in.',
    why: `only ${wanted} is accepted${who}.`,
    fix: 'run again and sign in with the right account, or change the input account.',
  });
}

function unnamed({ account: wanted }: TokenRequest): Failure {
  return new Failure('wrong-account', {
    what: 'The server did not say the name of the account that signed in. Nothing was output or saved.',
    why: `only ${wanted} is accepted, and the response holds no ID token with a name.`,
    fix: 'set account to the account id (the output account-id of a run that succeeds), or leave it empty in a private repository.',
  });
}

function guestByName({ account: wanted, authority }: TokenRequest): Failure {
  return new Failure('wrong-account', {
    what: 'A name does not identify a guest. The token was not used, and nothing was saved.',
    why: `${wanted} is a guest of the tenant, and only the home tenant of an account decides who has its name.`,
    fix: inItsSettings(
      'set account to the account id, as the output account-id gives it in a private repository, and the command "inspect" for a seeded cache; or set tenant-id to the home tenant of the account.',
      authority,
    ),
  });
}

function unsuitableSignIn(unsuitable: string, authority: Authority): Failure {
  return new Failure('wrong-account', {
    what: 'An account of the wrong kind signed in.',
    why: `it is ${unsuitable}.`,
    fix: inItsSettings(
      `sign in with another account, or set tenant-id to ${authority.tenant === 'organizations' ? '"consumers"' : 'the tenant of the account'}.`,
      authority,
    ),
  });
}

function personalThroughCommon(authority: Authority): Failure {
  return new Failure('wrong-account', {
    what: 'A personal account signed in through "common".',
    why: 'tokens that personal accounts get there fail at their first refresh.',
    fix: inItsSettings('set tenant-id to "consumers" and run again.', authority),
  });
}
