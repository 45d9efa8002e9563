import { Failure } from '../failure.ts';
import { emptyText, type PlainText, plain, plainText } from '../text/plain-text.ts';
import { isEntra } from './server-name.ts';

/** Where a person enters a user code. */
export interface SignInPage {
  /** As the server sent it, in the form that browsers have for it. */
  readonly verificationUri: string;
  /** What must stand above it where it is none of Microsoft's although the authority is; empty for nothing. */
  readonly warning: PlainText;
}

const pagesOfMicrosoft = [
  'microsoft.com',
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.microsoftonline.cn',
  'login.partner.microsoftonline.cn',
  'microsoft.us',
];

// RFC 8628 section 3.3.1 wants it short enough to be typed; this is long enough for any.
const longestAddress = 500;

/**
 * Reads where the code is entered. Who controls that page gets what the person types into it.
 * @param authority the authority's URL
 * @param allowsLoopback true where a page of this machine may be named without TLS, for test authorities only
 * @throws {Failure} when there is no such page, or it may be anybody's
 * @see https://datatracker.ietf.org/doc/html/rfc8628#section-3.2
 */
export function readSignInPage(
  body: Readonly<Record<string, unknown>>,
  authority: string,
  allowsLoopback: boolean,
): SignInPage {
  // RFC 8628 says verification_uri; Entra's first version said verification_url.
  const text = body['verification_uri'] ?? body['verification_url'];
  const url = typeof text === 'string' && text.length <= longestAddress ? URL.parse(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw noPage();
  if (url.username !== '' || url.password !== '') throw unsafePage();
  const verificationUri = harmlessAddress(url);
  if (allowsLoopback && /^(127\.0\.0\.1|\[::1\])$/.test(url.hostname))
    return { verificationUri, warning: emptyText };
  if (url.protocol !== 'https:') throw unsafePage();
  return { verificationUri, warning: isEntra(authority) ? warningOf(url) : emptyText };
}

function isMicrosofts({ hostname }: URL): boolean {
  return pagesOfMicrosoft.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

function warningOf(url: URL): PlainText {
  if (isMicrosofts(url)) return emptyText;
  return plain`The address ${plainText(url.hostname, longestAddress)} is not one of Microsoft's, although the sign-in is at Microsoft Entra. Do not enter a code or a password there unless you know whose it is.`;
}

/** The same address, in which nothing looks like a workflow command (`::`, `##[`). */
function harmlessAddress(url: URL): string {
  const rest = `${url.pathname}${url.search}${url.hash}`;
  return url.origin + rest.replace(/:(?=:)/g, '%3A').replaceAll('[', '%5B');
}

function noPage(): Failure {
  return new Failure('entra-refused', {
    what: 'Failed to create device flow: check the app registration.',
    why: 'the server sent no web address at which the code can be entered.',
    fix: 'check tenant-id and cloud, or authority.',
  });
}

function unsafePage(): Failure {
  return new Failure('entra-refused', {
    what: 'The sign-in was not started: the page for the code is not safe.',
    why: "the server named an address that is not under https://, or that holds a user name: others could read what is entered there, or the page could be anybody's. No code was shown.",
    fix: 'check tenant-id and cloud, or authority. If they are right, tell whoever runs the authority.',
  });
}
