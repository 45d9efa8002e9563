const entraId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * True when both mean one account. Entra's ids are two GUIDs, which are compared without case. Every other id is the
 * `sub` of some authority (AD FS), where case matters.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDToken
 */
export function sameHomeAccountId(one: string, other: string): boolean {
  return canonicalHomeAccountId(one) === canonicalHomeAccountId(other);
}

/** The one spelling of an id, by which ids can be compared exactly. */
export function canonicalHomeAccountId(id: string): string {
  return entraId.test(id) ? id.toLowerCase() : id;
}

/** The object id and the home tenant in an id of Entra; undefined in every other id. */
export function partsOf(homeAccountId: string): { readonly uid: string; readonly utid: string } | undefined {
  if (!entraId.test(homeAccountId)) return undefined;
  const [uid = '', utid = ''] = homeAccountId.split('.');
  return { uid, utid };
}
