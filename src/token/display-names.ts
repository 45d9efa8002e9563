import type { ShowName } from '../entra/sign-in-account.ts';
import { NotAnMsalCache, parseMsalCache, secretsOf } from '../msal-cache/msal-cache.ts';
import { SecretRuns } from '../text/secret-runs.ts';

/**
 * How the names that came with a sign-in are shown, and whatever else its server chose: scopes, tenants, ids. Each is one
 * harmless text, with no part of the sign-in's tokens in it.
 * @param cache the sign-in, as MSAL serialized it
 */
export function namesOf(cache: string): ShowName {
  const runs = new SecretRuns(tokensIn(cache));
  return (name, maximumLength) => runs.harmless(name, maximumLength);
}

function tokensIn(cache: string): readonly string[] {
  try {
    return secretsOf(parseMsalCache(cache));
  } catch (error) {
    if (error instanceof NotAnMsalCache) return [];
    throw error;
  }
}
