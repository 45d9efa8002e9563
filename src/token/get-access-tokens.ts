import { Discovery } from '../entra/discovery.ts';
import { referenceOf } from '../entra/entra-failure.ts';
import { groupByResource, type ResourceScopes } from '../entra/scopes.ts';
import { Failure } from '../failure.ts';
import { longestLine, type PlainText, plain, plainText } from '../text/plain-text.ts';
import { inOrderOf } from './access-tokens.ts';
import { type NoToken, reasonIn, refusedSignIn } from './no-token.ts';
import { acquireTokenByDeviceCode, tokensFromSignIn } from './sign-in.ts';
import {
  addTokens,
  better,
  isComplete,
  type LiveSignIn,
  type SilentOutcome,
  tryCandidate,
  type Wanting,
} from './silent.ts';
import type { AccessTokens, Candidate, TokenPorts, TokenRequest } from './token-request.ts';

/**
 * Silent first, then device code: a cached account's tokens, renewed silently where they must be; else a person signs in.
 * The sign-in is for the first resource, the others are silent; one that lacks consent gets a code of its own.
 * @param candidates caches that may hold a live sign-in, in the order in which they are tried
 * @param missing where a sign-in may be kept that could not be read, in words; undefined when every store was read
 * @throws {Failure} one message: what happened, why, what to do
 */
export async function getAccessTokens(
  request: TokenRequest,
  candidates: readonly Candidate[],
  missing: string | undefined,
  given: TokenPorts,
): Promise<AccessTokens> {
  const ports = { ...given, discovery: discoveryFor(request, candidates, given) };
  const resources = groupByResource(request.scopes, request.authority);
  const silent = request.forceSignIn
    ? skipped
    : await acquireTokensSilent(resources, request, candidates, ports);
  if (silent.is !== 'live' && missing && !request.forceSignIn) throw mayStillBeThere(missing, silent);

  let live = silent.is === 'live' ? silent : await signInAnew(resources, silent, request, ports);
  while (!isComplete(live)) live = await signInOnceMore(live, request, ports);
  return inOrderOf(resources, live.signIn);
}

/** MSAL knows where the endpoints of Entra's clouds are. */
function discoveryFor(
  { authority }: TokenRequest,
  candidates: readonly Candidate[],
  { network: { clock } }: TokenPorts,
): Discovery | undefined {
  if (authority.wellKnown) return undefined;
  const stored = candidates.map(({ details }) => details.discovery);
  return new Discovery(authority, stored, clock.now());
}

const skipped: NoToken = { is: 'dead', reason: plain`the input sign-in is "force"` };

/** The first candidate that lives; a dead one never hides another, and consent that is missing is not death. */
async function acquireTokensSilent(
  resources: readonly [ResourceScopes, ...ResourceScopes[]],
  request: TokenRequest,
  candidates: readonly Candidate[],
  ports: TokenPorts,
): Promise<SilentOutcome> {
  let best: SilentOutcome | undefined;
  for (const candidate of candidates) {
    const outcome = await tryCandidate(candidate, resources, request, ports);
    if (isComplete(outcome)) return outcome;
    if (outcome.is === 'dead' || outcome.is === 'blocked')
      ports.log.info(
        plain`The sign-in from ${plainText(candidate.origin)} is put aside: ${reasonIn(outcome)}.`,
      );
    best = best ? better(best, outcome) : outcome;
  }
  return best ?? { is: 'dead', reason: plain`there is no stored sign-in` };
}

/** A person signs in for the first resource. */
async function signInAnew(
  [first, ...others]: readonly [ResourceScopes, ...ResourceScopes[]],
  outcome: NoToken,
  request: TokenRequest,
  ports: TokenPorts,
): Promise<LiveSignIn> {
  await ask(outcome, first, undefined, request, ports);
  return signIn({ resource: first, outcome }, others, undefined, request, ports);
}

/** The same person signs in once more, for the first of the resources that are wanting. */
async function signInOnceMore(
  live: LiveSignIn,
  request: TokenRequest,
  ports: TokenPorts,
): Promise<LiveSignIn> {
  const [next, ...others] = live.wanting;
  if (!next) return live;
  await ask(next.outcome, next.resource, live.signIn, request, ports);
  ports.log.info(plain`A code of its own follows, for the person whose sign-in it is.`);
  const resources = others.map(({ resource }) => resource);
  return signIn(next, resources, live.signIn, request, ports);
}

/** Signs in for one resource; the others follow silently, as far as they can. */
async function signIn(
  { resource, outcome }: Wanting,
  others: readonly ResourceScopes[],
  earlier: AccessTokens | undefined,
  request: TokenRequest,
  ports: TokenPorts,
): Promise<LiveSignIn> {
  const acquire = ports.signIn ?? acquireTokenByDeviceCode;
  const ofResource = { ...request, scopes: resource.scopes };
  const fresh = await acquire(ofResource, claimsOf(outcome), ports, earlier?.cache);
  const signedIn = tokensFromSignIn(fresh, resource, request, ports, earlier);
  ports.learnt(signedIn);
  return addTokens(signedIn, others, request, ports);
}

/**
 * Asks the person. Where that is not possible in this run, and a sign-in would not help, it is the refusal that is told.
 * @throws {Failure} when nobody may be asked
 */
async function ask(
  outcome: NoToken,
  resource: ResourceScopes,
  earlier: AccessTokens | undefined,
  request: TokenRequest,
  ports: TokenPorts,
): Promise<void> {
  try {
    await ports.person.ask(reasonOf(outcome, resource, earlier), resource.scopes);
  } catch (error) {
    const isRefused = error instanceof Failure && ['sign-in-needed', 'sign-in-refused'].includes(error.code);
    throw isRefused && outcome.is === 'blocked' ? refusedSignIn(outcome.error, request) : error;
  }
}

function reasonOf(
  outcome: NoToken,
  { scopes }: ResourceScopes,
  earlier: AccessTokens | undefined,
): PlainText {
  const wanted = plainText(scopes.join(' '), longestLine);
  if (outcome.is === 'lacks-consent')
    return plain`the sign-in lives, but lacks consent for one of: ${wanted} (${referenceOf(outcome.error)})`;
  if (!earlier) return reasonIn(outcome);
  return plain`the sign-in lives, but a person is wanted for ${wanted}: ${reasonIn(outcome)}`;
}

function claimsOf(outcome: NoToken): string {
  return (outcome.is === 'dead' ? outcome.claims : outcome.error.claims) ?? '';
}

function mayStillBeThere(missing: string, silent: SilentOutcome): Failure {
  const other = silent.is === 'live' ? '' : `; otherwise ${plainText(reasonIn(silent))}`;
  return new Failure('cache-unavailable', {
    what: 'The workflow cache could not be read, and the sign-in may still be there.',
    why: `${missing}${other}.`,
    fix: 'run again when the cache service works; nobody needs to sign in then. To sign in anew all the same, dispatch with sign-in: force.',
  });
}
