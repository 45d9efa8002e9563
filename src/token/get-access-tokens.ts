import { Discovery } from '../entra/discovery.ts';
import { codesOf } from '../entra/entra-failure.ts';
import { groupByResource, type ResourceScopes } from '../entra/scopes.ts';
import { Failure } from '../failure.ts';
import { longestLine, type PlainText, plain, plainText } from '../text/plain-text.ts';
import { type AccessTokens, orderTokens } from './access-tokens.ts';
import { addTokens, isComplete, type MissingToken, type WorkingSignIn } from './account-tokens.ts';
import { explainRefusal, formatReason, type NoToken, withReference } from './no-token.ts';
import { acquireTokenByDeviceCode, tokensFromSignIn } from './sign-in.ts';
import { acquireTokensSilent } from './silent.ts';
import type { FailedTokens, Obtained, PendingTokens, TokenOutcome } from './token-outcome.ts';
import type { TokenPorts, TokenSession } from './token-ports.ts';
import type { StoredSignIns, TokenRequest } from './token-request.ts';

type Resources = readonly [ResourceScopes, ...ResourceScopes[]];

/**
 * Silent first, then device code: a stored sign-in's tokens, refreshed where they must be; otherwise a person signs in.
 * The sign-in is for the first resource, the others are silent; one that lacks consent gets a code of its own.
 */
export async function getAccessTokens(
  request: TokenRequest,
  stored: StoredSignIns,
  ports: TokenPorts,
): Promise<TokenOutcome> {
  const discovery = discoveryFor(request, stored, ports);
  const session: TokenSession = { request, ports: { ...ports, discovery } };
  const resources = groupByResource(request.scopes, request.authority);

  const silent = request.forceSignIn ? forced : await acquireTokensSilent(stored, resources, session);
  if (silent.kind === 'failed') return { ...silent, promptedFor: undefined };
  if (silent.kind !== 'works' && stored.unreadable && !request.forceSignIn)
    return failed(withReference(stored.unreadable(formatReason(silent)), silent));

  let signedIn = silent.kind === 'works' ? silent : await signInFirst(resources, silent, session);
  while (signedIn.kind === 'works' && !isComplete(signedIn))
    signedIn = await signInOnceMore(signedIn, session);
  return signedIn.kind === 'works'
    ? { kind: 'tokens', signIn: orderTokens(resources, signedIn.signIn) }
    : signedIn;
}

/** MSAL knows where the endpoints of Entra's clouds are. */
function discoveryFor(
  { authority }: TokenRequest,
  { candidates }: StoredSignIns,
  { network: { clock } }: TokenPorts,
): Discovery | undefined {
  if (authority.wellKnown) return undefined;
  const stored = candidates.map(({ details }) => details.discovery);
  return new Discovery(authority, stored, clock.now());
}

const forced: NoToken = { kind: 'expired', reason: plain`a new sign-in is requested` };

type SignedIn = WorkingSignIn | PendingTokens | FailedTokens;

/** A person signs in for the first resource. */
function signInFirst(
  [first, ...others]: Resources,
  outcome: NoToken,
  session: TokenSession,
): Promise<SignedIn> {
  return signIn({ resource: first, outcome }, { others, earlier: undefined, obtained: undefined }, session);
}

/** The same person signs in once more, for the first of the resources whose token is missing. */
async function signInOnceMore(signedIn: WorkingSignIn, session: TokenSession): Promise<SignedIn> {
  const [next, ...rest] = signedIn.missing;
  if (!next) return signedIn;
  const others = rest.map(({ resource }) => resource);
  return signIn(next, { others, earlier: signedIn.signIn, obtained: signedIn.obtained }, session);
}

interface Circumstances {
  /** The resources that follow. */
  readonly others: readonly ResourceScopes[];
  /** The sign-in that this one adds to. */
  readonly earlier: AccessTokens | undefined;
  readonly obtained: Obtained;
}

/** Signs in for one resource; the others follow silently, as far as they can. */
async function signIn(
  { resource, outcome }: MissingToken,
  { others, earlier, obtained: before }: Circumstances,
  session: TokenSession,
): Promise<SignedIn> {
  const { request, ports } = session;
  const ofResource = { ...request, scopes: resource.scopes };
  let obtained = before;
  const promptedFor = resource.scopes;
  try {
    await prompt(outcome, { resource, earlier }, session);
    if (earlier) ports.events.onFurtherCode();
    const flow = ports.signIn ?? acquireTokenByDeviceCode;
    const fresh = await flow(
      { request: ofResource, claims: claimsOf(outcome), cache: earlier?.cache },
      ports,
    );
    if (fresh.kind === 'pending') return { ...fresh, obtained };
    obtained = tokensFromSignIn(fresh, { resource, earlier }, session);
    const outcomeOfOthers = await addTokens(obtained, others, session);
    return outcomeOfOthers.kind === 'failed' ? { ...outcomeOfOthers, promptedFor } : outcomeOfOthers;
  } catch (error) {
    return failed(error, obtained, promptedFor);
  }
}

function failed(error: unknown, obtained?: Obtained, promptedFor?: readonly string[]): FailedTokens {
  return { kind: 'failed', error, obtained, promptedFor };
}

/**
 * Asks the person.
 * @throws {Failure} when nobody may be asked, with what the authority said of the stored sign-in
 */
async function prompt(
  outcome: NoToken,
  { resource, earlier }: { readonly resource: ResourceScopes; readonly earlier: AccessTokens | undefined },
  { request, ports }: TokenSession,
): Promise<void> {
  try {
    await ports.person.prompt(reasonOf(outcome, resource, earlier), resource.scopes);
  } catch (error) {
    const isRefused = error instanceof Failure && ['sign-in-needed', 'sign-in-refused'].includes(error.code);
    if (!isRefused) throw error;
    const needed = { outcome, scopes: resource.scopes, hasOtherToken: earlier !== undefined };
    throw explainRefusal(error, needed, request);
  }
}

function reasonOf(
  outcome: NoToken,
  { scopes }: ResourceScopes,
  earlier: AccessTokens | undefined,
): PlainText {
  const wanted = plainText(scopes.join(' '), longestLine);
  if (outcome.kind === 'lacks-consent')
    return plain`the stored sign-in works, but lacks consent for one of: ${wanted} (${codesOf(outcome.error)})`;
  if (!earlier) return formatReason(outcome);
  return plain`the stored sign-in works, but a new one is needed for ${wanted}: ${formatReason(outcome)}`;
}

function claimsOf(outcome: NoToken): string {
  return outcome.error?.claims ?? '';
}
