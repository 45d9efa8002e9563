import type { ResourceScopes } from '../entra/scopes.ts';
import { reasonToSkip } from '../entra/sign-in-account.ts';
import { Failure } from '../failure.ts';
import { onlyAccount, parseMsalCache } from '../msal-cache/msal-cache.ts';
import { accountsOf } from '../msal-cache/stored-account.ts';
import { type PlainText, plain, plainText } from '../text/plain-text.ts';
import {
  type AccountOutcome,
  acquireAccountTokens,
  type FailedAccount,
  isComplete,
} from './account-tokens.ts';
import { formatReason } from './no-token.ts';
import type { Obtained } from './token-outcome.ts';
import type { TokenSession } from './token-ports.ts';
import type { Candidate, StoredSignIns } from './token-request.ts';

type Resources = readonly [ResourceScopes, ...ResourceScopes[]];

/**
 * Tries the stored sign-ins until one gives every token. One that has expired never hides another, and a lack of consent
 * is not the end of a sign-in.
 * @returns the best of them; `failed` when it is unknown whether one works: the network, a 5xx, throttling, a wrong app
 *   registration; or when tokens came that are not to be used
 */
export async function acquireTokensSilent(
  stored: StoredSignIns,
  resources: Resources,
  session: TokenSession,
): Promise<AccountOutcome> {
  const { onIgnored } = session.ports.events;
  const outcome = await bestOf(stored.candidates, async (candidate) => {
    const tried = await tryCandidate(candidate, resources, session);
    if (tried.kind === 'expired' || tried.kind === 'blocked')
      onIgnored(plainText(candidate.origin), formatReason(tried));
    return tried;
  });
  if (outcome?.kind === 'failed') return { ...outcome, error: withStateOfSignIn(outcome) };
  return outcome ?? { kind: 'expired', reason: whyNone(stored) };
}

function whyNone({ hasIgnored, unreadable }: StoredSignIns): PlainText {
  if (hasIgnored) return plain`no stored sign-in can be used, for the reasons above in the log`;
  return unreadable ? plain`none is stored elsewhere` : plain`there is no stored sign-in`;
}

/** An outage says nothing of the sign-in, which the reader wants to know. */
function withStateOfSignIn({ error, obtained }: FailedAccount): unknown {
  if (!(error instanceof Failure) || error.code !== 'entra-unavailable') return error;
  const state = obtained
    ? 'Nobody needs to sign in.'
    : 'The stored sign-in is unchanged, and nobody needs to sign in.';
  const { explanation } = error;
  return new Failure(error.code, { ...explanation, fix: `${explanation.fix} ${state}` }, { cause: error });
}

/** Tries the accounts of one candidate. */
async function tryCandidate(
  candidate: Candidate,
  resources: Resources,
  session: TokenSession,
): Promise<AccountOutcome> {
  const { request, ports } = session;
  const cache = parseMsalCache(candidate.cache);
  const accounts = accountsOf(cache);
  const { tenant, pinned } = candidate.details;
  const reasons = accounts.map((account) => reasonToSkip({ account, tenant, pinned }, request));
  const suitable = accounts.filter((_, index) => reasons[index] === undefined);
  const best = await bestOf(suitable, (account) => {
    const state = { account, cache: onlyAccount(cache, account.homeAccountId), details: candidate.details };
    return acquireAccountTokens({ ...state, candidate }, resources, session);
  });
  if (best?.kind === 'works' && request.account === '' && accounts.length > 1)
    ports.events.onAccountTaken(best.signIn.account, best.signIn.cache, accounts.length);
  return best ?? { kind: 'expired', reason: reasons[0] ?? noAccount };
}

const noAccount = plain`it holds no account of this client and authority`;

/** Tries one after another, until one gives every token or it cannot be told whether one works. */
async function bestOf<T>(
  items: readonly T[],
  attempt: (item: T) => Promise<AccountOutcome>,
): Promise<AccountOutcome | undefined> {
  let best: Tried | undefined;
  let obtained: Obtained;
  for (const item of items) {
    const outcome = await attempt(item);
    if (outcome.kind === 'failed') return { ...outcome, obtained: outcome.obtained ?? obtained };
    if (isComplete(outcome)) return outcome;
    if (outcome.kind === 'works') obtained = outcome.obtained ?? obtained;
    best = best ? better(best, outcome) : outcome;
  }
  return best?.kind === 'works' ? { ...best, obtained: best.obtained ?? obtained } : best;
}

type Tried = Exclude<AccountOutcome, { readonly kind: 'failed' }>;

const worth = { works: 3, 'lacks-consent': 2, blocked: 1, expired: 0 } as const satisfies Record<
  Tried['kind'],
  number
>;

/** Of two incomplete outcomes, the one to continue with; the first of equals. */
function better(one: Tried, other: Tried): Tried {
  return worth[other.kind] > worth[one.kind] ? other : one;
}
