const ofEntra = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * True when both name the same account. The ids of Entra, two GUIDs with a dot between them, are compared without case;
 * every other id exactly, since a `sub` is case-sensitive (OpenID Connect Core section 2).
 */
export function sameHomeAccountId(one: string, other: string): boolean {
  return one === other || (ofEntra.test(one) && one.toLowerCase() === other.toLowerCase());
}

/** The object id and the home tenant in an id of Entra; undefined in every other id. */
export function partsOf(homeAccountId: string): { readonly uid: string; readonly utid: string } | undefined {
  if (!ofEntra.test(homeAccountId)) return undefined;
  const [uid = '', utid = ''] = homeAccountId.split('.');
  return { uid, utid };
}
