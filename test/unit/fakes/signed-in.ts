import type { AccessTokens } from '../../../src/token/access-tokens.ts';
import { getAccessTokens } from '../../../src/token/get-access-tokens.ts';
import { newlyObtained } from '../../../src/token/token-outcome.ts';
import type { Candidate, StoredSignIns, TokenRequest } from '../../../src/token/token-request.ts';
import { deviceCode, granted } from './answers.ts';
import type { Answer } from './entra.ts';
import type { FakePerson } from './people.ts';
import { tokenRequest } from './request.ts';
import { type World, worldWith } from './world.ts';

interface Earlier {
  readonly request?: TokenRequest;
  /** Seconds for which the access token is valid; MSAL takes one of less than 300 for none. */
  readonly expiresIn?: number;
  readonly refreshToken?: string;
  readonly origin?: string;
  /** What Entra answered for the resources after the first. */
  readonly later?: readonly Answer[];
}

/** What an earlier run of the same step left behind: the cache as MSAL itself wrote it. */
export async function signedIn(person: FakePerson, earlier: Earlier = {}): Promise<Candidate> {
  const { request = tokenRequest(), expiresIn = 3600, refreshToken, origin = 'the workflow cache' } = earlier;
  const answer = granted(person, { expiresIn, ...(refreshToken !== undefined && { refreshToken }) });
  const world = worldWith({ deviceCode: [deviceCode()], token: [answer, ...(earlier.later ?? [])] });
  const { cache, details } = await run(world, [], request);
  return { origin, cache, details };
}

/** The two caches as one with two accounts. */
export function together(one: Candidate, other: Candidate): Candidate {
  const sections = JSON.parse(one.cache) as Record<string, Record<string, unknown>>;
  for (const [name, entities] of Object.entries(
    JSON.parse(other.cache) as Record<string, Record<string, unknown>>,
  ))
    sections[name] = { ...sections[name], ...entities };
  return { ...one, cache: JSON.stringify(sections) };
}

/** Lets the step run. `token` is the text of the first token. */
export async function run(
  world: World,
  candidates: readonly Candidate[] = [],
  request: TokenRequest = tokenRequest(),
  unreadable?: StoredSignIns['unreadable'],
): Promise<AccessTokens & { readonly token: string }> {
  const outcome = await getAccessTokens(request, { candidates, unreadable }, world.ports);
  const obtained = outcome.kind === 'tokens' ? newlyObtained(outcome.signIn) : outcome.obtained;
  if (obtained) world.obtained.push(obtained);
  if (outcome.kind === 'tokens') return { ...outcome.signIn, token: outcome.signIn.tokens[0].token };
  throw outcome.kind === 'failed' ? outcome.error : new Error('another process waits for the person');
}
