import { type MsalCache, onlyAccount, parseMsalCache } from '../../msal-cache/msal-cache.ts';
import { type RecordContext, sealRecord } from '../../sealing/sign-in-record.ts';
import type { SignInToSave } from '../sign-in-store.ts';

/** @see https://docs.github.com/actions/reference/security/secrets#limits-for-secrets */
export const largestSecret = 48 * 1024;
/** A variable on Windows, and so an input there, holds no more. Characters. */
export const largestWindowsInput = 32_766;

/**
 * The text in which a sign-in is kept in a secret: sealed with the first key, or compact JSON in one line where there is none.
 * Where it would not fit, what can be fetched again is left out: what discovery said, then access tokens, then id tokens.
 * @returns the shortest text that was reached if none fits a Windows input
 */
export async function secretText(
  signIn: Omit<SignInToSave, 'isNewSignIn'>,
  context: Pick<RecordContext, 'keys' | 'binding'>,
  now: number,
): Promise<string> {
  const whole = onlyAccount(parseMsalCache(signIn.cache), signIn.homeAccountId);
  const withoutAccessTokens = { ...whole, AccessToken: {} };
  const least = { ...withoutAccessTokens, IdToken: {} };
  const withoutDiscovery = { ...signIn, details: { ...signIn.details, discovery: undefined } };
  let text = '';
  for (const [cache, kept] of [
    [whole, signIn],
    [whole, withoutDiscovery],
    [withoutAccessTokens, withoutDiscovery],
    [least, withoutDiscovery],
  ] as const) {
    text = await textOf({ ...kept, cache }, context, now);
    if (text.length <= largestWindowsInput) break;
  }
  return text;
}

async function textOf(
  record: Omit<SignInToSave, 'isNewSignIn' | 'cache'> & { readonly cache: MsalCache },
  { keys: [key], binding }: Pick<RecordContext, 'keys' | 'binding'>,
  now: number,
): Promise<string> {
  return key ? sealRecord(record, { key, binding, now }) : JSON.stringify(record.cache);
}
