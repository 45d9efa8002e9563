import { problemResult, type Result, valueResult } from '../result.ts';
import { type CloudName, cloudNames, clouds } from './clouds.ts';

/** Who issues the tokens. */
export interface Authority {
  /** `https://host[:port]/tenant`, lower case; of Entra's clouds always with the cloud's main host. */
  readonly url: string;
  /** The one segment of the path: the tenant, as far as this authority has tenants. */
  readonly tenant: string;
  /**
   * The tenant's GUID where the authority itself tells it: `consumers` stands for one. Undefined for a domain, for
   * `organizations` and `common`, and outside Entra's clouds.
   */
  readonly tenantId: string | undefined;
  /**
   * True where the input `authority` gave it; `tenant-id` and `cloud` are refused beside that, so advice must not name
   * them.
   */
  readonly isCustom: boolean;
  /** True for Entra's clouds. MSAL does not know other hosts by itself; it must be told to trust them. */
  readonly wellKnown: boolean;
  readonly cacheHost: string;
  readonly cacheHosts: readonly string[];
  /** Resource of Microsoft Graph in this cloud; of the public one where the authority is of none. */
  readonly graph: string;
  /** Resources whose tokens the mail servers of this cloud take, the one to write first. */
  readonly outlook: readonly [string, ...string[]];
  /** Where an administrator consents to an app, up to the query; undefined outside Entra's clouds, which have no such page. */
  readonly adminConsent: string | undefined;
}

/** Tenant of personal Microsoft accounts. */
export const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

const manyTenants = new Set(['organizations', 'common']);

/**
 * True when a user principal name means one person there. `organizations` and `common` stand for every tenant; `consumers`
 * is one, the {@link personalTenant}.
 */
export function isConcreteTenant({ tenant }: Pick<Authority, 'tenant'>): boolean {
  return !manyTenants.has(tenant);
}

/** In words, what {@link isEntraTenant} is true for. */
export const allowedTenants =
  'allowed are a tenant GUID, a domain such as contoso.onmicrosoft.com, "organizations", "consumers" and "common"';

export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

/** True for what can stand for a tenant in Entra's clouds. */
export function isEntraTenant(text: string): boolean {
  return (
    isGuid(text) || isDomain(text) || ['organizations', 'consumers', 'common'].includes(text.toLowerCase())
  );
}

function isDomain(text: string): boolean {
  const labels = text.split('.');
  return (
    text.length <= 253 &&
    labels.length > 1 &&
    labels.every(
      (label) => /^[a-z0-9-]{1,63}$/i.test(label) && !label.startsWith('-') && !label.endsWith('-'),
    ) &&
    /[a-z]/i.test(text.slice(text.lastIndexOf('.')))
  );
}

/** @param tenant for which {@link isEntraTenant} is true */
export function cloudAuthority(cloud: CloudName, tenant: string): Authority {
  const { host, cacheHost, aliases, graph, outlook } = clouds[cloud];
  const name = tenant.toLowerCase();
  // An administrator is of an organization, and is asked there which one.
  const adminTenant = ['consumers', 'common'].includes(name) ? 'organizations' : name;
  return {
    url: `https://${host}/${name}`,
    tenant: name,
    tenantId: name === 'consumers' ? personalTenant : isGuid(name) ? name : undefined,
    isCustom: false,
    wellKnown: true,
    cacheHost,
    cacheHosts: aliases,
    graph,
    outlook,
    adminConsent: `https://${host}/${adminTenant}/adminconsent`,
  };
}

/**
 * Reads the input `authority`: `https://host[:port]/tenant`, the one form in which MSAL and this action see the same
 * tenant. MSAL takes the first segment of the path for it, and adds `/v2.0` by itself, so one at the end is taken away.
 * The text itself is checked, since `URL` silently corrects what is wrong with it.
 * @returns the authority, or in words what is wrong with the text
 */
export function customAuthority(text: string): Result<Authority> {
  const parts = partsOf(text);
  const problem = parts ? problemOfParts(parts) : problemOfText(text);
  if (problem) return problemResult(problem);
  return parts ? valueResult(authorityOf(parts)) : problemResult(`${wrongForm}${rightSpelling(text)}`);
}

interface AuthorityParts {
  readonly hostname: string;
  /** The host name, with the port where it is another than 443. */
  readonly host: string;
  readonly tenant: string;
}

const wrongForm =
  'must be "https://", a host, "/" and one tenant (letters, digits, "-", ".", "_", "~"), with nothing after it except "/v2.0"';

function partsOf(text: string): AuthorityParts | undefined {
  const match =
    /^https:\/\/([a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?\/([a-z0-9._~-]+)(?:\/v2\.0)?\/?$/i.exec(text);
  // Stryker disable next-line StringLiteral,ArrayDeclaration: none of it is read where nothing matched
  const [, hostname = '', tenant = ''] = match ?? [];
  if (!match || /^(?:\.{1,2}|v2\.0)$/i.test(tenant) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  // For example, numbers in other notations become an IP address.
  const isAsWritten = url.hostname === hostname.toLowerCase() && !hostname.endsWith('.');
  return isAsWritten ? { hostname: url.hostname, host: url.host, tenant: tenant.toLowerCase() } : undefined;
}

function authorityOf({ hostname, host, tenant }: AuthorityParts): Authority {
  const cloud = cloudOf(hostname);
  if (cloud) return { ...cloudAuthority(cloud, tenant), isCustom: true };
  return {
    url: `https://${host}/${tenant}`,
    tenant,
    tenantId: undefined,
    isCustom: true,
    wellKnown: false,
    cacheHost: host,
    // MSAL Python and .NET file it without the port.
    cacheHosts: [...new Set([host, hostname])],
    graph: clouds.public.graph,
    outlook: clouds.public.outlook,
    adminConsent: undefined,
  };
}

/** True for the hosts of Microsoft Entra's clouds, aliases among them. */
export function isEntraHost(host: string): boolean {
  return cloudOf(host) !== undefined;
}

function cloudOf(hostname: string): CloudName | undefined {
  return cloudNames.find((name) => clouds[name].aliases.includes(hostname));
}

// Regional hosts and further clouds: the rules for tenants and accounts of Entra would not be held there.
const microsofts =
  /(?:^|[.-])(?:microsoftonline(?:-p)?\.[a-z]+|login\.microsoft\.com|login\.windows(?:-ppe)?\.net|sts\.windows\.net|sovcloud-identity\.[a-z]+|chinacloudapi\.cn|usgovcloudapi\.net|cloudapi\.de)$/i;

/** Microsoft Entra External ID: each has a host of its own, which is named as its tenant. */
const externalIds = /\.ciamlogin\.com$/;

/** What is wrong with an authority although it has the right form. */
function problemOfParts({ hostname, host, tenant }: AuthorityParts): string | undefined {
  const problem = withoutDeviceCode(host, [tenant]);
  if (problem || !cloudOf(hostname)) return problem ?? unknownHost(hostname);
  if (!isEntraTenant(tenant)) return `does not name a tenant of Microsoft Entra; ${allowedTenants}`;
  if (host !== hostname)
    return `names a port, which Microsoft Entra does not have; write "https://${hostname}/${tenant}"`;
  return undefined;
}

function unknownHost(hostname: string): string | undefined {
  return !cloudOf(hostname) && microsofts.test(hostname)
    ? 'is a host of Microsoft Entra that this action does not know; leave authority out, and give tenant-id and cloud'
    : undefined;
}

function withoutDeviceCode(host: string, segments: readonly string[]): string | undefined {
  const isB2c =
    /\.b2clogin\.com(?::\d+)?$/i.test(host) || segments.some((segment) => /^(?:tfp$|b2c_1)/i.test(segment));
  if (isB2c) return 'is of Azure AD B2C, which has no device code flow: this action cannot get a token there';
  // MSAL makes the device code endpoint by replacing the first "/token" of the token endpoint's URL.
  return `/${[host, ...segments.slice(0, 1)].join('/')}`.toLowerCase().includes('/token')
    ? 'has "/token" in its host or path, from which MSAL derives a wrong device code endpoint; use a host and path without it'
    : undefined;
}

/** What is wrong with the form, where there is more to say than that it is not the right one. */
function problemOfText(text: string): string | undefined {
  const meant = meantUrl(text);
  const unusable = meant && unusablePath(meant);
  if (unusable) return unusable;
  const right = rightSpelling(text);
  if (!URL.canParse(text)) return `is no URL; give the full URL of the authority${right || genericExample}`;
  const url = new URL(text);
  if (url.protocol !== 'https:') return `must begin with "https://": tokens never travel in clear${right}`;
  if (url.username || url.password) return `must not hold a user name or password${right}`;
  if (/[?#]/.test(text)) return `must not hold a query or a fragment${right}`;
  const problem = withoutDeviceCode(url.host, segmentsOf(url)) ?? unknownHost(url.hostname);
  if (problem || !namesNoTenant(url)) return problem;
  return `has no path; add the tenant or "adfs"${right || genericExample}`;
}

/**
 * Why no other spelling helps. MSAL sends its requests below the first segment of the path, so the first of several is not
 * the tenant, as in `/realms/NAME`, unless the others are what servers add behind one themselves.
 */
function unusablePath(url: URL): string | undefined {
  // Stryker disable next-line StringLiteral: where there is no first segment, there is no next
  const [first = '', next] = tenantSegments(url);
  if (next === undefined || isMicrosofts(url.hostname) || first.toLowerCase() === 'adfs') return undefined;
  if (/^(?:oauth2|v2\.0|\.well-known)$/i.test(next)) return undefined;
  return (
    withoutDeviceCode(url.host, segmentsOf(url)) ??
    'has a path of several segments, of which MSAL takes the first alone: this action cannot use such an authority. Use one whose path is one segment'
  );
}

function isMicrosofts(hostname: string): boolean {
  return microsofts.test(hostname) || externalIds.test(hostname);
}

function segmentsOf({ pathname }: URL): readonly string[] {
  return pathname.split('/').filter((segment) => segment !== '');
}

/** The segments as they were meant, where characters that no tenant has divide them, too. */
function tenantSegments(url: URL): readonly string[] {
  return segmentsOf(url)
    .flatMap((segment) => decoded(segment).split(/[^a-z0-9._~-]/i))
    .filter((segment) => segment !== '');
}

function namesNoTenant(url: URL): boolean {
  return segmentsOf(url).every((segment) => /^v2\.0$/i.test(segment));
}

/** The text as a URL over https, whatever its scheme. `URL` takes any number of slashes there, of either kind. */
function meantUrl(text: string): URL | undefined {
  const asUrl = `https://${text.replace(/^[a-z]+:[/\\]/i, '')}`;
  return URL.canParse(asUrl) ? new URL(asUrl) : undefined;
}

/** `; write "…"`, where it can be told what was meant, or an example of its host where no tenant is named; else nothing. */
function rightSpelling(text: string): string {
  const url = meantUrl(text);
  if (!url) return '';
  const [tenant] = namesNoTenant(url) ? [] : tenantSegments(url);
  const hosts = [url.host.replace('.:', ':'), url.hostname.replace(/\.$/, '')];
  for (const host of hosts) {
    const right = `https://${host}/${tenant ?? exampleTenant(host)}`;
    const parts = partsOf(right);
    if (parts && !problemOfParts(parts))
      return `${tenant === undefined ? ', for example' : '; write'} "${right}"`;
  }
  return '';
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const genericExample = ', for example "https://adfs.example.com/adfs"';

function exampleTenant(host: string): string {
  if (externalIds.test(host)) return host.replace(externalIds, '.onmicrosoft.com');
  return cloudOf(host) ? 'organizations' : 'adfs';
}

/** The resources of Graph and of the mail servers in all clouds. */
export const graphResources: readonly string[] = Object.values(clouds).map(({ graph }) => graph);
export const outlookResources: readonly string[] = Object.values(clouds).flatMap(({ outlook }) => outlook);
