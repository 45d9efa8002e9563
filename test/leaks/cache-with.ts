import type { Sandbox } from '../../sandbox/sandbox.ts';
import { seededCache } from '../e2e/seeded-cache.ts';

interface Replaced {
  readonly refreshToken?: string;
  readonly accessToken?: string;
}

/** The serialized cache of a sign-in, with other tokens in it than the authority gave. */
export async function cacheWith(sandbox: Sandbox, { refreshToken, accessToken }: Replaced): Promise<string> {
  const cache = JSON.parse(await seededCache(sandbox)) as Record<string, Record<string, object>>;
  const replace = (section: string, secret: string | undefined): void => {
    if (secret === undefined) return;
    for (const [key, entity] of Object.entries(cache[section] ?? {}))
      cache[section] = { ...cache[section], [key]: { ...entity, secret } };
  };
  replace('RefreshToken', refreshToken);
  replace('AccessToken', accessToken);
  return JSON.stringify(cache);
}
