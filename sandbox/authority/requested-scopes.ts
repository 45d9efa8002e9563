/** Scopes in Entra's spelling: a permission, with its resource before it or, for Microsoft Graph, without. */
import { EntraRefusal } from './entra-error.ts';

export interface RequestedScopes {
  /** Identifier of the resource, which becomes the audience of the access token: `https://graph.microsoft.com`. */
  readonly resource: string;
  /** Permissions of that resource, without it; the permission `.default` stands for itself. */
  readonly permissions: readonly string[];
  /** The permissions as they were spelled, to answer with: MSAL looks for its own spelling in its cache. */
  readonly spelled: readonly string[];
  /** Those of `openid`, `profile`, `email`, `offline_access` that were asked for. */
  readonly openId: readonly string[];
}

/** Permissions that `.default` stands for where the person signs in for the first time. */
const preconfigured: ReadonlyMap<string, readonly string[]> = new Map([
  ['https://graph.microsoft.com', ['User.Read']],
  ['https://outlook.office.com', ['IMAP.AccessAsUser.All', 'SMTP.Send']],
]);

const openIdScopes: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];

export function isOpenIdScope(scope: string): boolean {
  return openIdScopes.includes(scope.toLowerCase());
}

/** The Graph of the cloud that a sign-in host belongs to. */
export function graphFor(loginHost: string): string {
  if (loginHost.endsWith('.us')) return 'https://graph.microsoft.us';
  if (loginHost.endsWith('.cn')) return 'https://microsoftgraph.chinacloudapi.cn';
  return 'https://graph.microsoft.com';
}

/**
 * Reads a `scope` parameter.
 *
 * @throws EntraRefusal 28000 for scopes of several resources, 70011 for `.default` beside named scopes.
 */
export function parseScopes(scope: string, graph: string): RequestedScopes {
  const words = scope.split(' ').filter((word) => word !== '');
  const openId = words.filter(isOpenIdScope);
  const spelled = words.filter((word) => !isOpenIdScope(word));
  const split = spelled.map((word) => splitScope(word, graph));
  const resource = split[0]?.resource ?? graph;
  if (split.some((other) => other.resource.toLowerCase() !== resource.toLowerCase()))
    throw new EntraRefusal(28000);
  const permissions = split.map(({ permission }) => permission);
  if (permissions.includes('.default') && permissions.length > 1) throw new EntraRefusal(70011);
  if (!URL.canParse(resource)) throw new EntraRefusal(500011);
  return { resource, permissions, spelled, openId: openId.map((word) => word.toLowerCase()) };
}

/** What `.default` of a resource means to somebody who has consented to nothing there yet. */
export function preconfiguredPermissions(resource: string): readonly string[] {
  return preconfigured.get(resource) ?? ['user_impersonation'];
}

function splitScope(word: string, graph: string): { resource: string; permission: string } {
  const slash = word.lastIndexOf('/');
  if (slash === -1) return { resource: graph, permission: word };
  return { resource: word.slice(0, slash), permission: word.slice(slash + 1) };
}
