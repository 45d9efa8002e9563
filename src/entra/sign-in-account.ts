import { Failure } from '../failure.ts';
import { type PlainText, plain } from '../text/plain-text.ts';
import { acceptanceOf, type KnownAccount, type WantedAccount } from './accepted-account.ts';
import type { Authority } from './authority.ts';
import { sameHomeAccountId } from './home-account-id.ts';
import type { ResponseAccount } from './response-account.ts';
import type { SignedInAccount } from './signed-in-account.ts';
import { findUnsuitability, isPersonal, requestedTenant } from './tenant.ts';
import { adaptAdvice } from './tenant-advice.ts';

/** Shows a name that came with a sign-in as one harmless text, with no part of the sign-in's tokens in it. */
export type ShowName = (name: string, maximumLength?: number) => PlainText;

/**
 * Why a stored account is not tried, in words that complete "The stored sign-in is ignored: …"; undefined when it is.
 * @param known `tenant`: the one that this authority's own responses have named
 */
export function reasonToSkip(
  { account, tenant: formatAccount, pinned }: KnownAccount,
  request: WantedAccount,
): PlainText | undefined {
  const { authority } = request;
  const unsuitable = findUnsuitability(authority, account.homeAccountId);
  if (unsuitable) return plain`it is of ${unsuitable}`;
  const tenant = requestedTenant(authority, account.homeAccountId, formatAccount);
  const acceptance = acceptanceOf({ account, tenant, pinned }, request);
  if (acceptance === 'other') return plain`it is of another account than the input account names`;
  return acceptance === 'guest'
    ? plain`it is of a guest of the tenant, whom a name does not identify: set account to the account id (the output account-id)`
    : undefined;
}

/**
 * Refuses the tokens of somebody who is not the one that was asked for.
 * @param account who signed in
 * @throws {Failure} `wrong-account`
 */
export function refuseWrongAccount(account: ResponseAccount, request: WantedAccount, show: ShowName): void {
  const { homeAccountId, username, tenant } = account;
  const known = { account, tenant: request.authority.wellKnown ? tenant : undefined, pinned: undefined };
  const acceptance = acceptanceOf(known, request);
  if (acceptance === 'guest') throw guestByName(request);
  if (acceptance === 'other')
    throw username === '' ? accountWithoutName(request) : wrongAccount(account, request, show);
  const { authority } = request;
  const unsuitable = findUnsuitability(authority, homeAccountId);
  if (unsuitable) throw unsuitableSignIn(unsuitable, authority);
  if (authority.wellKnown && authority.tenant === 'common' && isPersonal(homeAccountId))
    throw personalThroughCommon(authority);
}

/**
 * Refuses new tokens of a stored account that turns out to be a guest's, whom a name does not identify.
 * @throws {Failure} `wrong-account`
 */
export function refuseGuest({ tenant, ...known }: KnownAccount, request: WantedAccount): void {
  // Of a domain whose tenant nobody has named it is not known who is a guest.
  const ofToken = request.authority.wellKnown ? (tenant ?? unknownTenant) : undefined;
  if (acceptanceOf({ ...known, tenant: ofToken }, request) === 'guest') throw guestByName(request);
}

/** @throws {Failure} `wrong-account` when it is not the person who signed in first */
export function refuseSomebodyElse(
  { signedIn: account, first }: { readonly signedIn: SignedInAccount; readonly first: SignedInAccount },
  { mayNamePeople }: WantedAccount,
  show: ShowName,
): void {
  if (sameHomeAccountId(account.homeAccountId, first.homeAccountId)) return;
  const who = mayNamePeople
    ? `the first token is ${show(first.username)}'s, and ${formatAccount(account, show)} entered the second code`
    : 'somebody else entered the second code';
  throw new Failure('wrong-account', {
    what: 'The wrong account signed in.',
    why: `all tokens of a step are one person's, and ${who}.`,
    fix: `run again, and let ${mayNamePeople ? show(first.username) || 'the same person' : 'the same person'} enter every code.`,
  });
}

const unknownTenant = 'unknown';

function formatAccount({ username, homeAccountId }: SignedInAccount, show: ShowName): string {
  const [name, id] = [show(username), show(homeAccountId)];
  return name === '' ? `the account ${id}` : `${name} (${id})`;
}

function wrongAccount(
  account: SignedInAccount,
  { account: wanted, mayNamePeople }: WantedAccount,
  show: ShowName,
): Failure {
  const who = mayNamePeople
    ? `, and ${formatAccount(account, show)} signed in`
    : ', and somebody else signed in';
  return new Failure('wrong-account', {
    what: 'The wrong account signed in.',
    why: `only ${wanted} is accepted${who}.`,
    fix: 'run again and sign in with the right account, or change the input account.',
  });
}

function accountWithoutName({ account: wanted }: WantedAccount): Failure {
  return new Failure('wrong-account', {
    what: 'The server did not name the account that signed in. Nothing was output or saved.',
    why: `only ${wanted} is accepted, and the response holds no ID token with a name.`,
    fix: 'set account to the account id (the output account-id of a run that succeeds), or leave it empty in a private repository.',
  });
}

function guestByName({ account: wanted, authority }: WantedAccount): Failure {
  return new Failure('wrong-account', {
    what: 'A name does not identify a guest. The token was not used, and nothing was saved.',
    why: `${wanted} is a guest of the tenant, and only the home tenant of an account decides who has its name.`,
    fix: adaptAdvice(
      'set account to the account id, as the output account-id gives it in a private repository, and the command "inspect" for a seeded cache; or set tenant-id to the home tenant of the account.',
      authority,
    ),
  });
}

function unsuitableSignIn(unsuitable: string, authority: Authority): Failure {
  return new Failure('wrong-account', {
    what: 'An account of the wrong kind signed in.',
    why: `it is ${unsuitable}.`,
    fix: adaptAdvice(
      `sign in with another account, or set tenant-id to ${authority.tenant === 'organizations' ? '"consumers"' : 'the tenant of the account'}.`,
      authority,
    ),
  });
}

function personalThroughCommon(authority: Authority): Failure {
  return new Failure('wrong-account', {
    what: 'A personal account signed in through "common".',
    why: 'tokens that personal accounts obtain there fail at their first refresh.',
    fix: adaptAdvice('set tenant-id to "consumers" and run again.', authority),
  });
}
