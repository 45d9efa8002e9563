import { parseJsonObject } from '../text/json.ts';
import { claimsThatAreTexts } from './claims-that-are-texts.ts';

/** The account that a `client_info` names: its object id and its tenant, both at home. */
export interface ClientInfo {
  readonly uid: string;
  readonly utid: string;
}

/** The claims of an ID token that are used here, each as text; a claim of another type counts as absent. */
export interface IdTokenClaims {
  readonly sub?: string;
  readonly oid?: string;
  readonly tid?: string;
  readonly username?: string;
}

/** What a member of a response says; `unreadable` where it stands there in a form that says nothing. */
export type Readable<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'absent' | 'unreadable' };

/**
 * Whom a token response names.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-5.1
 * @see https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokenResponse
 */
export interface NamedAccount {
  readonly clientInfo: Readable<ClientInfo>;
  readonly idToken: Readable<IdTokenClaims>;
}

/** A response of the token endpoint that carries tokens, in the types that MSAL expects of it. */
export interface TokenResponse {
  readonly names: NamedAccount;
  readonly accessToken: string;
  /** Empty where none was sent. */
  readonly refreshToken: string;
  /** For MSAL, which does not check types: members of a wrong type are left out. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Reads a response of the token endpoint; undefined when it carries no access token. */
export function readTokenResponse(body: Readonly<Record<string, unknown>>): TokenResponse | undefined {
  const accessToken = textOf(body['access_token']);
  if (accessToken === '') return undefined;
  const clientInfo = readClientInfo(body['client_info']);
  const { claims, isOdd } = readIdToken(body['id_token']);
  const isForMsal = ([name, value]: [string, unknown]): boolean =>
    isTyped(name, value) &&
    !(name === 'id_token' && isOdd) &&
    !(name === 'client_info' && clientInfo.kind === 'unreadable');
  return {
    names: { clientInfo, idToken: claims },
    accessToken,
    refreshToken: textOf(body['refresh_token']),
    body: Object.fromEntries(Object.entries(body).filter(isForMsal)),
  };
}

// A family of client ids shares refresh tokens (`foci`). Only Microsoft's own apps are in one.
const textMembers = new Set([
  'access_token',
  'refresh_token',
  'id_token',
  'client_info',
  'scope',
  'token_type',
]);
const numberMembers = new Set(['expires_in', 'ext_expires_in', 'refresh_in', 'refresh_token_expires_in']);

// A year in seconds. Beyond what a date can tell, MSAL would make an invalid one of it.
const longestLifetime = 31_536_000;

function isTyped(name: string, value: unknown): boolean {
  if (textMembers.has(name)) return typeof value === 'string' && value.trim() !== '';
  if (!numberMembers.has(name)) return false;
  const seconds = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  // Below zero where a clock was set while a sign-in was waited for.
  return typeof seconds === 'number' && Math.abs(seconds) <= longestLifetime;
}

function readClientInfo(value: unknown): Readable<ClientInfo> {
  if (value === undefined || value === null || value === '') return { kind: 'absent' };
  const { uid, utid } = (typeof value === 'string' && jsonIn(value)) || {};
  return typeof uid === 'string' && typeof utid === 'string' && uid !== '' && utid !== ''
    ? { kind: 'value', value: { uid, utid } }
    : { kind: 'unreadable' };
}

// In a response MSAL compares the nonce too.
const textClaims = [...claimsThatAreTexts, 'nonce'];

/** Reads the claims of an ID token that are used here. `isOdd`: MSAL would stumble over it. */
export function readIdToken(value: unknown): {
  readonly claims: Readable<IdTokenClaims>;
  readonly isOdd: boolean;
} {
  if (value === undefined || value === null || value === '')
    return { claims: { kind: 'absent' }, isOdd: false };
  const parts = typeof value === 'string' ? value.split('.') : [];
  const claims = parts.length === 3 ? jsonIn(parts[1] ?? '') : undefined;
  if (!claims) return { claims: { kind: 'unreadable' }, isOdd: true };
  const [email] = Array.isArray(claims['emails']) ? claims['emails'] : [];
  const isOdd =
    textClaims.some((name) => !['string', 'undefined'].includes(typeof claims[name])) ||
    !['string', 'undefined'].includes(typeof email) ||
    !isListOfTexts(claims['signin_state'] ?? []);
  const sub = textOf(claims['sub']);
  const oid = textOf(claims['oid']);
  const tid = textOf(claims['tid']);
  const username = textOf(claims['preferred_username']) || textOf(claims['upn']) || textOf(email);
  const used = {
    ...(sub && { sub }),
    ...(oid && { oid }),
    ...(tid && { tid }),
    ...(username && { username }),
  };
  return { claims: { kind: 'value', value: used }, isOdd };
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function jsonIn(base64url: string): Record<string, unknown> | undefined {
  return parseJsonObject(Buffer.from(base64url, 'base64url').toString('utf8'));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
