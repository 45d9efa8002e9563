/** The claims of an ID token that MSAL Node takes for text without a check, in a cache and in a response. */
export const claimsThatAreTexts: readonly string[] = [
  'oid',
  'sub',
  'tid',
  'tfp',
  'acr',
  'name',
  'preferred_username',
  'upn',
  'login_hint',
];
