import { type Authority, graphResources, outlookResources } from './authority.ts';

/** The resource of scopes without a prefix, as the key under which its token is known. */
export const graphResource = 'https://graph.microsoft.com';

// MSAL adds these to every request by itself.
const addedByMsal = new Set(['openid', 'profile', 'offline_access']);

// Only the mail servers know these, and they take tokens of their own resource alone.
const mailPermissions = new Set(['imap.accessasuser.all', 'pop.accessasuser.all', 'smtp.send']);

/** The scopes of one resource. */
export interface ResourceScopes {
  /** As the first of these scopes spells it: {@link resourceOf}. */
  readonly resource: string;
  readonly scopes: readonly string[];
}

/** What tells the resources of one cloud from those of another. */
export type ResourceNames = Pick<Authority, 'graph' | 'outlook' | 'wellKnown'>;

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
  return prefixOf(scope) ?? graphResource;
}

/**
 * Groups scopes by resource, in the order in which each resource is named first. Spellings of one resource (case, a slash
 * at its end, Graph with and without its prefix) are one group, and all its scopes are written as the first one is:
 * Entra takes one resource a request, and MSAL looks for its own spelling in its cache.
 */
export function groupByResource(
  scopes: readonly string[],
  names: ResourceNames,
): readonly [ResourceScopes, ...ResourceScopes[]] {
  const groups = new Map<string, { resource: string; prefix: string; permissions: Map<string, string> }>();
  for (const scope of scopes) {
    const identity = identityOf(resourceOf(scope), names);
    const prefix = prefixOf(scope);
    const group = groups.get(identity) ?? {
      resource: resourceOf(scope),
      prefix: prefix === undefined ? '' : `${prefix}/`,
      permissions: new Map<string, string>(),
    };
    const permission = permissionOf(scope);
    const key = permission.toLowerCase();
    if (!group.permissions.has(key)) group.permissions.set(key, permission);
    groups.set(identity, group);
  }
  const [first = { resource: graphResource, scopes: [] }, ...others] = [...groups.values()].map(
    ({ resource, prefix, permissions }): ResourceScopes => ({
      resource,
      scopes: [...permissions.values()].map((permission) => prefix + permission),
    }),
  );
  return [first, ...others];
}

/** True for a resource whose tokens the mail servers of this cloud take. */
export function isOutlook(resource: string, names: ResourceNames): boolean {
  return names.outlook.includes(identityOf(resource, names));
}

/** What spellings of one resource have in common. Every cloud knows its Graph by the public cloud's name too. */
function identityOf(resource: string, { graph }: ResourceNames): string {
  const identity = resource.toLowerCase().replace(/\/+$/, '');
  return identity === graphResource ? graph : identity;
}

function prefixOf(scope: string): string | undefined {
  const end = scope.lastIndexOf('/');
  return end < 0 ? undefined : scope.slice(0, end);
}

function permissionOf(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1);
}

/**
 * What Entra would refuse about these scopes, in words that end with the right spelling; empty when nothing is wrong.
 * @see https://learn.microsoft.com/entra/identity-platform/scopes-oidc
 */
export function scopeProblems(scopes: readonly string[], names: ResourceNames): readonly string[] {
  if (scopes.length === 0) {
    return ['names no permission; give at least one delegated scope, for example "User.Read"'];
  }
  // What is no scope is not repeated, so nothing more is said.
  if (!scopes.every(isScopeToken)) return ['holds a character that no scope may have (RFC 6749 section 3.3)'];
  return [...misspelledMail(scopes, names), ...mixedDefault(scopes, names)];
}

function isScopeToken(scope: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope) && permissionOf(scope) !== '';
}

/** @see https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth */
function misspelledMail(scopes: readonly string[], names: ResourceNames): string[] {
  return scopes.flatMap((scope) => {
    const permission = permissionOf(scope);
    if (!mailPermissions.has(permission.toLowerCase())) return [];
    const resource = identityOf(resourceOf(scope), names);
    const right = `${names.outlook[0]}/${permission}`;
    if (graphResources.includes(resource))
      return [`"${permission}" is not of Microsoft Graph; write "${right}"`];
    if (isOfAnotherCloud(resource, names))
      return [`"${scope}" is of the mail of another cloud; write "${right}"`];
    return [];
  });
}

function isOfAnotherCloud(resource: string, { outlook, wellKnown }: ResourceNames): boolean {
  return wellKnown && outlookResources.includes(resource) && !outlook.includes(resource);
}

function mixedDefault(scopes: readonly string[], names: ResourceNames): string[] {
  const identity = (scope: string): string => identityOf(resourceOf(scope), names);
  const wholesale = scopes.filter((scope) => permissionOf(scope).toLowerCase() === '.default');
  return wholesale
    .filter((scope) =>
      scopes.some(
        (other) => permissionOf(other).toLowerCase() !== '.default' && identity(other) === identity(scope),
      ),
    )
    .map(
      (scope) => `"${scope}" cannot stand beside named scopes of the same resource; give one or the other`,
    );
}
