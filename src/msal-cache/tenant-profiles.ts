import { isJsonObject, parseJsonObject } from '../text/json.ts';

/** What an account is called in one tenant. MSAL Node lays it over the account's own members. */
export interface TenantProfile {
  readonly tenantId: string;
  readonly localAccountId: string;
  readonly username?: string;
  readonly [member: string]: string | boolean | undefined;
}

const optionalTexts = ['name', 'username', 'loginHint', 'upn', 'nativeAccountId'];

/**
 * Reads the profiles of an account. MSAL Node keeps them as a list of JSON texts; what PowerShell's ConvertTo-Json has
 * passed may hold objects instead, one of them instead of a list, or `{"value":[…],"Count":n}`.
 * @returns those that can be read
 */
export function readTenantProfiles(value: unknown): readonly TenantProfile[] {
  const list = isJsonObject(value) ? (value['value'] ?? value) : value;
  return [list].flat().flatMap((profile) => readProfile(profile) ?? []);
}

function readProfile(value: unknown): TenantProfile | undefined {
  const object = typeof value === 'string' ? parseJsonObject(value) : value;
  if (!isJsonObject(object)) return undefined;
  const { tenantId, localAccountId, isHomeTenant } = object;
  if (typeof tenantId !== 'string' || typeof localAccountId !== 'string') return undefined;
  const profile: Record<string, string | boolean> & TenantProfile = { tenantId, localAccountId };
  for (const name of optionalTexts) {
    const text = object[name];
    // An empty username here would hide the account's own.
    if (typeof text === 'string' && text !== '') profile[name] = text;
  }
  return typeof isHomeTenant === 'boolean' ? { ...profile, isHomeTenant } : profile;
}
