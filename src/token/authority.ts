/** The clouds that the input `cloud` can name. */
export const cloudNames = ['public', 'usgovernment', 'china'] as const;
export type CloudName = (typeof cloudNames)[number];

interface Cloud {
  readonly host: string;
  /** The host under which MSAL Node files what it caches for this cloud. */
  readonly cacheHost: string;
  /** Every host under which some MSAL may have filed it. */
  readonly aliases: readonly string[];
  /** Resource of Microsoft Graph. */
  readonly graph: string;
  /** Resources of Exchange Online, whose tokens the mail servers take; the one to write first. */
  readonly outlook: readonly [string, ...string[]];
}

/** @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud */
const clouds: Readonly<Record<CloudName, Cloud>> = {
  public: {
    host: 'login.microsoftonline.com',
    cacheHost: 'login.windows.net',
    aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    graph: 'https://graph.microsoft.com',
    outlook: ['https://outlook.office.com', 'https://outlook.office365.com'],
  },
  usgovernment: {
    host: 'login.microsoftonline.us',
    cacheHost: 'login.microsoftonline.us',
    aliases: ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
    graph: 'https://graph.microsoft.us',
    outlook: ['https://outlook.office365.us'],
  },
  china: {
    host: 'login.partner.microsoftonline.cn',
    cacheHost: 'login.partner.microsoftonline.cn',
    aliases: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    outlook: ['https://partner.outlook.cn'],
  },
};

/** Who issues the tokens. */
export interface Authority {
  /** `https://host[:port]/path`, no slash at the end, lower case. */
  readonly url: string;
  /** The last segment of the path: the tenant, as far as this authority has tenants. */
  readonly tenant: string;
  /** False for hosts that MSAL does not know by itself; it must be told to trust them. */
  readonly wellKnown: boolean;
  readonly cacheHost: string;
  readonly cacheHosts: readonly string[];
  /** Resource of Microsoft Graph in this cloud; of the public one where the authority is of none. */
  readonly graph: string;
  /** Resources whose tokens the mail servers of this cloud take, the one to write first. */
  readonly outlook: readonly [string, ...string[]];
}

/** Tenant of personal Microsoft accounts. */
export const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

const manyTenants = new Set(['organizations', 'common']);

/** True when a user principal name means one person there: `organizations` and `common` stand for every tenant. */
export function isConcreteTenant(authority: Authority): boolean {
  return !manyTenants.has(authority.tenant);
}

export function cloudAuthority(cloud: CloudName, tenant: string): Authority {
  const { host, cacheHost, aliases, graph, outlook } = clouds[cloud];
  const name = tenant.toLowerCase();
  return {
    url: `https://${host}/${name}`,
    tenant: name,
    wellKnown: true,
    cacheHost,
    cacheHosts: aliases,
    graph,
    outlook,
  };
}

/**
 * Reads the input `authority`.
 * @returns the authority, or in words what is wrong with the text
 */
export function customAuthority(text: string): Authority | string {
  if (!URL.canParse(text))
    return 'is no URL; give the full URL of the authority, for example "https://adfs.example.com/adfs"';
  const url = new URL(text);
  const problem = authorityProblem(url);
  if (problem) return problem;

  const path = url.pathname.replace(/\/+$/, '').toLowerCase();
  const tenant = path.slice(path.lastIndexOf('/') + 1);
  const cloud = Object.values(clouds).find(({ aliases }) => aliases.includes(url.host));
  return {
    url: `https://${url.host}${path}`,
    tenant,
    wellKnown: cloud !== undefined,
    cacheHost: cloud?.cacheHost ?? url.host,
    // MSAL Python and .NET file it without the port.
    cacheHosts: cloud?.aliases ?? [...new Set([url.host, url.hostname])],
    graph: (cloud ?? clouds.public).graph,
    outlook: (cloud ?? clouds.public).outlook,
  };
}

/** True for the hosts of Microsoft Entra's clouds, aliases among them. */
export function isEntraHost(host: string): boolean {
  return Object.values(clouds).some(({ aliases }) => aliases.includes(host));
}

/** The resources of Graph and of the mail servers in all clouds. */
export const graphResources: readonly string[] = Object.values(clouds).map(({ graph }) => graph);
export const outlookResources: readonly string[] = Object.values(clouds).flatMap(({ outlook }) => outlook);

function authorityProblem(url: URL): string | undefined {
  if (url.protocol !== 'https:') return 'must begin with "https://": tokens never travel in clear';
  if (url.username || url.password) return 'must not hold a user name or password';
  if (url.search || url.hash) return 'must not hold a query or a fragment';
  if (url.pathname === '/')
    return 'has no path; add the tenant or "adfs", for example "https://adfs.example.com/adfs"';
  if (/\.b2clogin\.com$/i.test(url.hostname) || /\/(tfp|b2c_1[^/]*)(\/|$)/i.test(url.pathname)) {
    return 'is of Azure AD B2C, which has no device code flow: no token can be had there by this action';
  }
  // MSAL makes the device code end point by replacing the first "/token" of the token end point's URL.
  if (`/${url.host}${url.pathname}`.toLowerCase().includes('/token')) {
    return 'has "/token" in its host or path, from which MSAL derives a wrong device code end point; use a host and path without it';
  }
  return undefined;
}
