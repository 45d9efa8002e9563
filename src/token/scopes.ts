/** The resource of scopes without a prefix, as the key under which its token is known. */
export const graphResource = 'https://graph.microsoft.com';

// MSAL adds these to every request by itself.
const addedByMsal = new Set(['openid', 'profile', 'offline_access']);

// Bare or as Graph's they name a permission that the mail servers refuse or that Entra does not know.
const mailPermissions = new Set(['imap.accessasuser.all', 'pop.accessasuser.all', 'smtp.send']);

/**
 * Splits the text of the input `scopes`: white space or commas between them, duplicates and what MSAL adds by itself dropped.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-3.3
 */
export function parseScopes(text: string): readonly string[] {
  const scopes = new Map<string, string>();
  for (const scope of text.split(/[\s,]+/)) {
    const key = scope.toLowerCase();
    if (scope !== '' && !addedByMsal.has(key) && !scopes.has(key)) scopes.set(key, scope);
  }
  return [...scopes.values()];
}

/**
 * The resource that a scope belongs to: the scope's text up to its permission, Graph for unprefixed ones.
 * `https://outlook.office.com/SMTP.Send` is of `https://outlook.office.com`.
 */
export function resourceOf(scope: string): string {
  const end = scope.lastIndexOf('/');
  return end < 0 ? graphResource : scope.slice(0, end);
}

function permissionOf(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1);
}

/**
 * What Entra would refuse about these scopes, in words that end with the right spelling; empty when nothing is wrong.
 * @see https://learn.microsoft.com/entra/identity-platform/scopes-oidc
 */
export function scopeProblems(scopes: readonly string[]): readonly string[] {
  if (scopes.length === 0) {
    return ['names no permission; give at least one delegated scope, for example "User.Read"'];
  }
  // What is no scope is not repeated, so nothing more is said.
  if (!scopes.every(isScopeToken)) return ['holds a character that no scope may have (RFC 6749 section 3.3)'];
  return [...misspelledMail(scopes), ...mixedDefault(scopes), ...severalResources(scopes)];
}

function isScopeToken(scope: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope) && permissionOf(scope) !== '';
}

function misspelledMail(scopes: readonly string[]): string[] {
  return scopes
    .filter(
      (scope) =>
        resourceOf(scope) === graphResource && mailPermissions.has(permissionOf(scope).toLowerCase()),
    )
    .map((scope) => {
      const permission = permissionOf(scope);
      return `"${permission}" is not of Microsoft Graph; write "https://outlook.office.com/${permission}"`;
    });
}

function mixedDefault(scopes: readonly string[]): string[] {
  const wholesale = scopes.filter((scope) => permissionOf(scope).toLowerCase() === '.default');
  return wholesale
    .filter((scope) => scopes.some((other) => other !== scope && sameResource(other, scope)))
    .map(
      (scope) => `"${scope}" cannot stand beside named scopes of the same resource; give one or the other`,
    );
}

function severalResources(scopes: readonly string[]): string[] {
  const resources = [
    ...new Map(scopes.map((scope) => [resourceOf(scope).toLowerCase(), resourceOf(scope)])).values(),
  ];
  if (resources.length < 2) return [];
  return [
    `names ${resources.length} resources (${resources.join(', ')}), and one token is for one of them; use one step for each resource, with the same cache settings`,
  ];
}

function sameResource(one: string, other: string): boolean {
  return resourceOf(one).toLowerCase() === resourceOf(other).toLowerCase();
}
