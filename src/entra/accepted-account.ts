import { isAccountName, sameName } from './account-name.ts';
import type { Authority } from './authority.ts';
import { sameHomeAccountId } from './home-account-id.ts';
import type { SignedInAccount } from './signed-in-account.ts';
import { homeTenantOf } from './tenant.ts';

/** The account that is asked for, and what decides whether its name counts. A token request says so. */
export interface WantedAccount {
  readonly account: string;
  readonly authority: Authority;
  readonly mayNamePeople: boolean;
}

/** A user name and the account that it named when it was accepted. Entra may rename the account later. */
export interface PinnedAccount {
  /** As the input `account` has it. */
  readonly name: string;
  /** Home account id. */
  readonly id: string;
}

/**
 * Whether an account is the one that the input `account` names: `guest` where the name fits but does not count.
 *
 * A name is chosen by the tenant that a person comes from. In that tenant it is unique; in another tenant, where the person
 * is a guest, somebody else's administrator has chosen it. So there the account id counts alone, unless only members of
 * the repository can start the run.
 */
export type Acceptance = 'accepted' | 'guest' | 'other';

/** An account, with what is known of it. */
export interface KnownAccount {
  readonly account: SignedInAccount;
  /** Of the token; undefined where it is not known yet, and on authorities that have no guests. */
  readonly tenant: string | undefined;
  /** What an earlier run of the same sign-in accepted. */
  readonly pinned: PinnedAccount | undefined;
}

/**
 * Compares an account with the one that was asked for.
 * @see https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
 */
export function acceptanceOf(
  { account: { homeAccountId, username }, tenant, pinned }: KnownAccount,
  { account: wanted, authority, mayNamePeople }: WantedAccount,
): Acceptance {
  if (wanted === '' || sameHomeAccountId(homeAccountId, wanted)) return 'accepted';
  // Whoever may choose their own name could choose somebody's id for it.
  if (!isAccountName(wanted, authority)) return 'other';
  const wasAccepted =
    pinned !== undefined && sameName(pinned.name, wanted) && sameHomeAccountId(pinned.id, homeAccountId);
  if (!wasAccepted && !sameName(username, wanted)) return 'other';
  const isGuest = tenant !== undefined && homeTenantOf(homeAccountId) !== tenant.toLowerCase();
  return isGuest && !mayNamePeople ? 'guest' : 'accepted';
}

/** What is to be kept with the sign-in of an accepted account; undefined where its id was given, or nothing. */
export function pinnedAs(
  { homeAccountId }: SignedInAccount,
  { account: wanted, authority }: Pick<WantedAccount, 'account' | 'authority'>,
): PinnedAccount | undefined {
  if (!isAccountName(wanted, authority) || sameHomeAccountId(homeAccountId, wanted)) return undefined;
  return { name: wanted, id: homeAccountId };
}
