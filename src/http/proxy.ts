import { getProxyForUrl } from 'proxy-from-env';
import { TransportError } from './transport.ts';

/** An HTTP proxy that is asked for a tunnel to a host. */
export interface HttpProxy {
  readonly protocol: 'http:' | 'https:';
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** The value of `Proxy-Authorization`, where the address holds a user name or a password. */
  readonly authorization: string | undefined;
  /** The environment variable that names it. */
  readonly variable: string;
}

const variables = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'] as const;
const defaultPorts = { 'http:': 80, 'https:': 443 } as const;

/**
 * The proxy that `https_proxy` and `no_proxy`, in either case, name for an address; undefined for none. One without a
 * scheme is an HTTP proxy, as it is for curl.
 * @throws {TransportError} permanent, which does not quote the address: it may hold a password
 */
export function proxyFor(url: string): HttpProxy | undefined {
  if (!getProxyForUrl(url)) return undefined;
  const variable = variables.find((name) => process.env[name]) ?? variables[0];
  const address = process.env[variable]?.trim() ?? '';
  return readProxy(address.includes('://') ? address : `http://${address}`, variable);
}

function readProxy(address: string, variable: string): HttpProxy {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url?.hostname) throw badSetting(`the proxy in ${variable} is no URL`);
  const { protocol } = url;
  if (protocol !== 'http:' && protocol !== 'https:') {
    const kind = /^socks(4a?|5h?)?:$/.test(protocol) ? 'a SOCKS proxy' : 'of an unknown kind';
    throw badSetting(`the proxy in ${variable} is ${kind}; only http:// and https:// are supported`);
  }
  return {
    protocol,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || defaultPorts[protocol],
    authorization: authorizationFrom(url, variable),
    variable,
  };
}

/** @see https://datatracker.ietf.org/doc/html/rfc7617#section-2 */
function authorizationFrom({ username, password }: URL, variable: string): string | undefined {
  if (!username && !password) return undefined;
  try {
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(credentials).toString('base64')}`;
  } catch (cause) {
    throw badSetting(
      `the user name or the password in ${variable} holds a percent sign that encodes nothing; it is written as %25 there`,
      cause,
    );
  }
}

function badSetting(message: string, cause?: unknown): TransportError {
  return new TransportError(message, { permanent: true, ...(cause !== undefined && { cause }) });
}
