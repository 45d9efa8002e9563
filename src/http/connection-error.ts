import type { HttpProxy } from './proxy.ts';
import { TransportError } from './transport.ts';

const causes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  ETIMEDOUT: 'the connection timed out',
  ENOTFOUND: 'the host name was not found (DNS)',
  EAI_AGAIN: 'the host name could not be looked up (DNS)',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
};

/** What went wrong with the connection to a server, or with what came back over it. */
export function connectionError(cause: unknown): TransportError {
  if (cause instanceof TransportError) return cause;
  const code = codeOf(cause);
  if (isCertificateProblem(code)) {
    const message = `the server's certificate is not trusted (${code}); where a proxy inspects TLS, NODE_EXTRA_CA_CERTS must name its CA`;
    return new TransportError(message, { cause, permanent: true });
  }
  if (isNoTls(cause))
    return new TransportError(
      `the server does not use TLS (${code}); perhaps a proxy or a sign-in page of the network`,
      { cause, permanent: true },
    );
  return new TransportError(describeError(code), { cause });
}

/** What went wrong with a proxy before it opened a tunnel. Its address, which may hold a password, is not told. */
export function proxyError(cause: unknown, { protocol, variable }: HttpProxy): TransportError {
  if (cause instanceof TransportError) return cause;
  const code = codeOf(cause);
  const permanent = (message: string): TransportError =>
    new TransportError(message, { cause, permanent: true });
  if (isCertificateProblem(code))
    return permanent(
      `the proxy's certificate is not trusted (${code}); NODE_EXTRA_CA_CERTS must name its CA`,
    );
  if (isOfTls(code)) {
    const advice = protocol === 'https:' && isNoTls(cause) ? `; perhaps ${variable} should say http://` : '';
    return permanent(`no TLS connection to the proxy in ${variable} is possible (${code})${advice}`);
  }
  if (code.startsWith('HPE_'))
    return permanent(`the proxy in ${variable} does not respond as an HTTP proxy does (${code})`);
  return new TransportError(`the proxy could not be used: ${describeError(code)}`, { cause });
}

/** For an error that Node threw at once, since it makes no such request; others are nobody's fault but this program's. */
export function requestError(cause: unknown): unknown {
  const code = codeOf(cause);
  if (!/^ERR_(INVALID|UNESCAPED|HTTP|SOCKET_BAD_PORT)/.test(code)) return cause;
  return new TransportError(`the request cannot be made (${code})`, { cause, permanent: true });
}

function describeError(code: string): string {
  return causes[code] ?? (code ? `the connection failed (${code})` : 'the connection failed');
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

/** @see https://nodejs.org/docs/latest-v24.x/api/tls.html#x509-certificate-error-codes */
function isCertificateProblem(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED/.test(code);
}

function isOfTls(code: string): boolean {
  return /^(EPROTO$|ERR_SSL_|ERR_TLS_)/.test(code);
}

/** OpenSSL takes the first bytes of another protocol for a version, a length or a type. */
function isNoTls(cause: unknown): boolean {
  if (!isOfTls(codeOf(cause))) return false;
  return /wrong.version.number|packet.length.too.long|http.request|unknown.protocol/i.test(String(cause));
}
