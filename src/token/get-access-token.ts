import { Failure } from '../failure.ts';
import { plainText } from '../plain-text.ts';
import { holdsToken } from './application.ts';
import { referenceOf } from './entra-failure.ts';
import { acquireTokenByDeviceCode, tokenFromSignIn } from './sign-in.ts';
import { type SilentOutcome, tryCandidate } from './silent.ts';
import {
  type AccessToken,
  type Candidate,
  noToken,
  type TokenPorts,
  type TokenRequest,
} from './token-request.ts';

/**
 * Silent first, then device code: a cached account's token, renewed silently where it must be; else a person signs in.
 * @param candidates caches that may hold a live sign-in, in the order in which they are tried
 * @param missing where a sign-in may be kept that could not be read, in words; undefined when every store was read
 * @throws {Failure} one message: what happened, why, what to do
 */
export async function getAccessToken(
  request: TokenRequest,
  candidates: readonly Candidate[],
  missing: string | undefined,
  ports: TokenPorts,
): Promise<AccessToken> {
  const silent = request.forceSignIn ? skipped : await acquireTokenSilent(request, candidates, ports);
  if (silent.is === 'live') return silent.token;
  if (missing && !request.forceSignIn) throw mayStillBeThere(missing, silent);

  ports.person.ask(reasonOf(silent, request));
  const { result, cache } = await acquireTokenByDeviceCode(request, claimsOf(silent), ports);
  if (!holdsToken(result)) throw noToken();
  return tokenFromSignIn(result, cache, request);
}

const skipped: SilentOutcome = { is: 'dead', reason: 'the input sign-in is "force"' };

/** The first candidate that lives; a dead one never hides another, and consent that is missing is not death. */
async function acquireTokenSilent(
  request: TokenRequest,
  candidates: readonly Candidate[],
  ports: TokenPorts,
): Promise<SilentOutcome> {
  let best: SilentOutcome = { is: 'dead', reason: 'there is no stored sign-in' };
  for (const candidate of candidates) {
    const outcome = await tryCandidate(candidate, request, ports);
    if (outcome.is === 'live') return outcome;
    if (outcome.is === 'dead')
      ports.log.info(`The sign-in from ${candidate.origin} is put aside: ${outcome.reason}.`);
    if (best.is !== 'lacks-consent') best = outcome;
  }
  return best;
}

function reasonOf(outcome: SilentOutcome, { scopes }: TokenRequest): string {
  if (outcome.is === 'lacks-consent')
    return `the stored sign-in lives, but lacks consent for one of: ${scopes.join(' ')} (${referenceOf(outcome.error)})`;
  return outcome.is === 'dead' ? outcome.reason : '';
}

function claimsOf(outcome: SilentOutcome): string {
  if (outcome.is === 'lacks-consent') return outcome.error.claims;
  return outcome.is === 'dead' ? (outcome.claims ?? '') : '';
}

function mayStillBeThere(missing: string, silent: SilentOutcome): Failure {
  const other = silent.is === 'dead' ? `; otherwise ${plainText(silent.reason)}` : '';
  return new Failure('cache-unavailable', {
    what: 'The workflow cache could not be read, and the sign-in may still be there.',
    why: `${missing}${other}.`,
    fix: 'run again when the cache service works; nobody needs to sign in then. To sign in anew all the same, dispatch with sign-in: force.',
  });
}
