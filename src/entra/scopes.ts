import { plainText } from '../text/plain-text.ts';
import { withoutTrailingSlashes } from '../text/trailing-slashes.ts';
import { type Authority, graphResources, isGuid, outlookResources } from './authority.ts';
import { misspelling, respelled } from './scope-spelling.ts';

/** The resource of scopes without a prefix, as the key under which its token is known. */
export const graphResource = 'https://graph.microsoft.com';

/** Microsoft Graph and Exchange Online by their application ids, which are the same in every cloud. */
const graphId = '00000003-0000-0000-c000-000000000000';
const outlookId = '00000002-0000-0ff1-ce00-000000000000';

const ofMicrosoft = new Set([...graphResources, ...outlookResources, graphId, outlookId]);

/**
 * Of OpenID Connect: they belong to every resource, and make none.
 * @see https://learn.microsoft.com/entra/identity-platform/scopes-oidc#openid-connect-scopes
 */
const openIdScopes = new Set(['openid', 'profile', 'email', 'offline_access']);

// MSAL adds these to every request by itself.
const addedByMsal = new Set(['openid', 'profile', 'offline_access']);

// Only the mail servers know these, and they take tokens of their own resource alone.
const mailPermissions = new Set(['imap.accessasuser.all', 'pop.accessasuser.all', 'smtp.send']);

/** More than any resource has permissions of use to one workflow; a request with so many is refused anyway. */
const mostScopes = 200;

/** The scopes of one resource. */
export interface ResourceScopes {
  /** As the first of these scopes spells it: {@link resourceOf}. */
  readonly resource: string;
  readonly scopes: readonly string[];
}

/** What tells the resources of one cloud from those of another. */
export type ResourceNames = Pick<Authority, 'graph' | 'outlook' | 'wellKnown'>;

/**
 * Splits the text of the input `scopes`: white space or commas between them, duplicates and what MSAL adds by itself
 * dropped. OpenID Connect's scopes alone are kept: they are a request for a token of Microsoft Graph, or of AD FS.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-3.3
 */
export function parseScopes(text: string): readonly string[] {
  const scopes = new Map<string, string>();
  for (const word of text.split(/[\s,]/)) {
    const scope = openIdScopeIn(word) ?? word;
    const key = scope.toLowerCase();
    if (scope !== '' && !scopes.has(key)) scopes.set(key, scope);
  }
  const all = [...scopes.values()];
  if (all.some((scope) => !openIdScopes.has(scope))) return all.filter((scope) => !addedByMsal.has(scope));
  const asked = all.filter((scope) => scope !== 'offline_access');
  return all.length > 0 && asked.length === 0 ? ['openid'] : asked;
}

/** The scope of OpenID Connect that a word is, in lower case; with the prefix of Graph or Outlook it is the same. */
function openIdScopeIn(word: string): string | undefined {
  const scope = permissionOf(word).toLowerCase();
  if (!openIdScopes.has(scope)) return undefined;
  const prefix = prefixOf(word);
  return prefix === undefined || ofMicrosoft.has(withoutTrailingSlashes(prefix.toLowerCase()))
    ? scope
    : undefined;
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
 * at its end, Graph with and without its prefix, Graph and Outlook by any of their names) are one group, and all its
 * scopes are written as the first one is: Entra takes one resource a request, and MSAL looks for its own spelling in its
 * cache. Scopes of OpenID Connect go with the first resource; alone they are one of Graph.
 */
export function groupByResource(
  scopes: readonly string[],
  names: ResourceNames,
): readonly [ResourceScopes, ...ResourceScopes[]] {
  const groups = new Map<string, { resource: string; prefix: string; permissions: Map<string, string> }>();
  const ofAll = scopes.filter((scope) => openIdScopes.has(scope));
  for (const scope of scopes) {
    if (openIdScopes.has(scope)) continue;
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
  return [{ ...first, scopes: [...first.scopes, ...ofAll] }, ...others];
}

/** True where all are of OpenID Connect, which make no resource of their own. */
export function areOpenIdScopes(scopes: readonly string[]): boolean {
  return scopes.every((scope) => openIdScopes.has(scope.toLowerCase()));
}

/** True where all are of Microsoft Graph, in any spelling, or of OpenID Connect. */
export function areGraphScopes(scopes: readonly string[], names: ResourceNames): boolean {
  const [{ resource }, ...others] = groupByResource(scopes, names);
  return others.length === 0 && identityOf(resource, names) === names.graph;
}

/** True for a resource whose tokens the mail servers of this cloud take. */
export function isOutlook(resource: string, names: ResourceNames): boolean {
  return identityOf(resource, names) === names.outlook[0];
}

/** What spellings of one resource have in common. Every cloud knows its Graph by the public cloud's name too. */
function identityOf(resource: string, { graph, outlook }: ResourceNames): string {
  const identity = withoutTrailingSlashes(resource.toLowerCase());
  if (identity === graphResource || identity === graphId) return graph;
  return identity === outlookId || outlook.includes(identity) ? outlook[0] : identity;
}

function prefixOf(scope: string): string | undefined {
  const end = scope.lastIndexOf('/');
  return end < 0 ? undefined : scope.slice(0, end);
}

function permissionOf(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1);
}

/** One thing that is wrong with scopes. */
interface ScopeProblem {
  /** In words that follow the name of the setting. */
  readonly says: string;
  /** What to write in its place, the likeliest first; each is shown only if nothing is wrong with it. */
  readonly instead?: readonly (string | undefined)[];
  /** True where the permission in it is only one of many. */
  readonly isExample?: true;
}

/**
 * What Entra would refuse about these scopes, in words that end with the right spelling; empty when nothing is wrong.
 * @param names undefined where the cloud is not known; then only what is wrong in any cloud is told
 * @see https://learn.microsoft.com/entra/identity-platform/scopes-oidc
 */
export function scopeProblems(
  scopes: readonly string[],
  names: ResourceNames | undefined,
): readonly string[] {
  return problemsOf(scopes, names).map((problem) => problem.says + advice(problem, names));
}

function problemsOf(scopes: readonly string[], names: ResourceNames | undefined): readonly ScopeProblem[] {
  if (scopes.length === 0) {
    return [{ says: 'names no permission; give at least one delegated scope, for example "User.Read"' }];
  }
  if (scopes.length > mostScopes)
    return [{ says: `holds ${scopes.length} scopes; at most ${mostScopes} are allowed` }];
  const misspelled = misspelling(scopes);
  if (misspelled) return [{ says: misspelled, instead: [respelled(scopes)] }];
  const incomplete = scopes.flatMap((scope) => incompleteScope(scope, names));
  if (incomplete.length > 0 || !names) return incomplete;
  return [...misspelledMail(scopes, names), ...mixedDefault(scopes, names)];
}

/** `; write "…"`: the first text that is right, or else a list of scopes that is right everywhere. */
function advice({ instead, isExample }: ScopeProblem, names: ResourceNames | undefined): string {
  if (!instead) return '';
  const right = instead.find((text) => text !== undefined && isRight(text, names));
  return right === undefined || isExample
    ? `; write for example "${right ?? 'User.Read'}"`
    : `; write "${right}"`;
}

const longestShown = 300;

/** True for a text that is taken as it will be read in the message. */
function isRight(text: string, names: ResourceNames | undefined): boolean {
  return plainText(text, longestShown) === text && problemsOf(parseScopes(text), names).length === 0;
}

/** A resource without a permission, one of Microsoft's without `https://`, or a slash behind the permission. */
function incompleteScope(scope: string, names: ResourceNames | undefined): readonly ScopeProblem[] {
  const resource = withoutTrailingSlashes(scope);
  const isWhole = isWholeResource(resource);
  const prefix = prefixOf(isWhole ? scope : resource) ?? '';
  const right = overHttps(prefix);
  if (!isWhole && permissionOf(scope) === '' && (prefix === '' || ofMicrosoft.has(right.toLowerCase())))
    return [
      {
        says: `names "${plainText(scope)}", with "/" at its end`,
        instead: [prefix === '' ? resource : `${right}/${permissionOf(resource)}`],
      },
    ];
  if (isWhole || permissionOf(scope) === '') {
    const whole = overHttps(resource);
    return [
      {
        says: `names "${plainText(resource)}" without a permission`,
        instead: [`${whole}/${examplePermission(whole)}`, names && `${names.outlook[0]}/SMTP.Send`],
        isExample: true,
      },
    ];
  }
  return right === prefix
    ? []
    : [
        {
          says: `names "${plainText(prefix)}" without "https://"`,
          instead: [`${right}/${permissionOf(scope)}`, names && `${names.outlook[0]}/${permissionOf(scope)}`],
        },
      ];
}

function isWholeResource(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/]*$/i.test(text) || isGuid(text) || overHttps(text) !== text;
}

/** A resource of Microsoft as it is spelled where `https://` is left out; any other as it is. */
function overHttps(resource: string): string {
  const url = `https://${withoutTrailingSlashes(resource.toLowerCase()).replace('http://', '')}`;
  return ofMicrosoft.has(url) ? url : resource;
}

function examplePermission(resource: string): string {
  const known = resource.toLowerCase();
  if (graphResources.includes(known) || known === graphId) return 'User.Read';
  return outlookResources.includes(known) || known === outlookId ? 'SMTP.Send' : '.default';
}

/** @see https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth */
function misspelledMail(scopes: readonly string[], names: ResourceNames): readonly ScopeProblem[] {
  return scopes.flatMap((scope) => {
    const permission = permissionOf(scope);
    if (!mailPermissions.has(permission.toLowerCase())) return [];
    const resource = identityOf(resourceOf(scope), names);
    const instead = [`${names.outlook[0]}/${permission}`];
    if (graphResources.includes(resource))
      return [{ says: `"${permission}" is not of Microsoft Graph`, instead }];
    if (isOfAnotherCloud(resource, names))
      return [{ says: `"${scope}" is of the mail of another cloud`, instead }];
    return [];
  });
}

function isOfAnotherCloud(resource: string, { outlook, wellKnown }: ResourceNames): boolean {
  return wellKnown && outlookResources.includes(resource) && !outlook.includes(resource);
}

function mixedDefault(scopes: readonly string[], names: ResourceNames): readonly ScopeProblem[] {
  const isDefault = (scope: string): boolean => permissionOf(scope).toLowerCase() === '.default';
  const identity = (scope: string): string => identityOf(resourceOf(scope), names);
  const named = new Set(
    scopes.filter((scope) => !isDefault(scope) && !openIdScopes.has(scope)).map(identity),
  );
  return scopes
    .filter((scope) => isDefault(scope) && named.has(identity(scope)))
    .map((scope) => ({
      says: `"${plainText(scope)}" cannot stand beside named scopes of the same resource; give one or the other`,
    }));
}
