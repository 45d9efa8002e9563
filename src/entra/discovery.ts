import { days } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { HttpRequest, HttpResponse } from '../http/transport.ts';
import { plainText } from '../text/plain-text.ts';
import type { Authority } from './authority.ts';
import { jsonObject } from './error-response.ts';
import { attemptOnce, createRetryingExchange, type Exchange, type Network } from './exchange.ts';
import { absentStatuses } from './transient-errors.ts';

/**
 * What an authority said of its endpoints, as it is kept with a sign-in.
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
 */
export interface DiscoveryDocument {
  /** Milliseconds since the epoch. */
  readonly fetchedAt: number;
  /** The members that MSAL reads, as they were sent. */
  readonly document: Readonly<Record<string, unknown>>;
}

// A failed request fetches the document again, so this only limits how long a change on the server goes unnoticed.
const longestAge = days(1);

// A stored sign-in has room for a few of these.
const longestUrl = 2000;

const endpoints = ['token_endpoint', 'authorization_endpoint', 'device_authorization_endpoint'] as const;
// MSAL rejects a document without one of these.
const required = ['token_endpoint', 'authorization_endpoint', 'issuer', 'jwks_uri'];
const kept = ['issuer', 'jwks_uri', 'end_session_endpoint', ...endpoints];

/**
 * The discovery document of an authority that MSAL does not know: fetched when the first request needs an endpoint,
 * checked before any endpoint is used, and kept with the sign-in so that later runs need not ask.
 */
export class Discovery {
  readonly #authority: Authority;
  #current: DiscoveryDocument | undefined;
  /** The URL of the document, once MSAL has asked for it. */
  #url = '';
  /** An earlier run stored it, and no request of this run has shown yet that its endpoints still exist. */
  #isUnproven: boolean;

  /** @param stored what earlier runs kept for this authority; the newest that is good is used */
  constructor(authority: Authority, stored: readonly (DiscoveryDocument | undefined)[], now: number) {
    this.#authority = authority;
    [this.#current] = stored
      .filter((one) => one !== undefined)
      .filter(({ fetchedAt }) => fetchedAt <= now && now - fetchedAt <= longestAge)
      .filter(({ document }) => problemWith(document, authority) === undefined)
      .sort((a, b) => b.fetchedAt - a.fetchedAt);
    this.#isUnproven = this.#current !== undefined;
  }

  /** What is to be kept with the sign-in; undefined where nothing was discovered. */
  get current(): DiscoveryDocument | undefined {
    return this.#current;
  }

  /**
   * For a refresh: responds to MSAL's request for the document with the stored one while that is good. The first request to a
   * kept endpoint that fails has the document fetched again, and goes on to where the new one says.
   * @throws {Failure} `entra-refused` when an endpoint in the document must not be used
   */
  forRefresh(network: Network): Exchange {
    const exchange = createRetryingExchange(network);
    return async (request) => {
      if (isForDocument(request)) return this.#answer(request, exchange, network);
      const stored = this.#current;
      if (!stored || !this.#isUnproven) return exchange(request);
      const outcome = await attemptOnce(request, network);
      this.#isUnproven = false;
      // An endpoint that is gone may say so in JSON, as every web framework has it.
      if (outcome.kind === 'response' && !absentStatuses.includes(outcome.response.status))
        return outcome.response;
      await this.#fetch(exchange, network);
      return exchange({ ...request, url: moved(request.url, stored, this.#current ?? stored) });
    };
  }

  /**
   * For a sign-in: MSAL's request for the document gets one of this run, and every other goes to `exchange`,
   * which has its own ways with codes and polls.
   * @throws {Failure} `entra-refused` when an endpoint in the document must not be used
   */
  forSignIn(exchange: Exchange, network: Network): Exchange {
    return async (request) => {
      if (!isForDocument(request)) return exchange(request);
      if (this.#isUnproven) this.#current = undefined;
      this.#isUnproven = false;
      return this.#answer(request, createRetryingExchange(network), network);
    };
  }

  async #answer(request: HttpRequest, exchange: Exchange, network: Network): Promise<HttpResponse> {
    this.#url = request.url;
    return this.#current ? documentResponse(this.#current) : this.#fetch(exchange, network);
  }

  async #fetch(exchange: Exchange, { clock }: Network): Promise<HttpResponse> {
    const response = await exchange({ method: 'GET', url: this.#url, headers: {} });
    const body = jsonObject(response);
    if (!body || response.status >= 300) return response;
    const problem = problemWith(body, this.#authority);
    if (problem) throw unusable(problem, this.#authority);
    const document = Object.fromEntries(
      kept.map((name) => [name, body[name]]).filter(([, value]) => isShortText(value)),
    );
    this.#current = { fetchedAt: clock.now(), document };
    return documentResponse(this.#current);
  }
}

/**
 * A document for an application that only looks into its cache: MSAL wants one before it looks, and uses none of it.
 */
export function placeholderDocument({ url }: Authority): string {
  return JSON.stringify({
    issuer: url,
    token_endpoint: `${url}/token`,
    authorization_endpoint: `${url}/authorize`,
    jwks_uri: `${url}/keys`,
  });
}

function isShortText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= longestUrl;
}

function isForDocument({ method, url }: HttpRequest): boolean {
  return method === 'GET' && url.includes('/.well-known/openid-configuration');
}

function documentResponse({ document }: DiscoveryDocument): HttpResponse {
  return { status: 200, headers: {}, body: JSON.stringify(document) };
}

/** Tokens and codes are sent to these endpoints, so each must be on the authority's own host, over HTTPS. */
function problemWith(document: Readonly<Record<string, unknown>>, authority: Authority): string | undefined {
  const { origin } = new URL(authority.url);
  const missing = required.find((name) => typeof document[name] !== 'string');
  if (missing !== undefined) return `it names no ${missing}`;
  for (const name of endpoints) {
    const value = document[name];
    if (value === undefined) continue;
    if (typeof value !== 'string' || !isPlainUrl(value))
      return `its ${name} is not a full URL of at most ${longestUrl} characters`;
    const { protocol, origin: its, username, password } = new URL(value);
    if (protocol !== 'https:') return `its ${name} does not begin with https://`;
    if (its !== origin) return `its ${name} is on another host (${plainText(its)}) than the authority`;
    if (username || password) return `its ${name} holds a user name or password`;
  }
  return undefined;
}

// What a URL parser corrects (back-slashes, line breaks) another one may read otherwise.
function isPlainUrl(text: string): boolean {
  return text.length <= longestUrl && /^[\x21-\x5b\x5d-\x7e]+$/.test(text) && URL.canParse(text);
}

function unusable(problem: string, { url }: Authority): Failure {
  return new Failure('entra-refused', {
    what: `The discovery document of ${url} cannot be used. Nothing was sent to its endpoints.`,
    why: `${problem}.`,
    fix: 'check the input authority. If it is right, ask whoever runs the server to correct the document.',
  });
}

/** The URL of a request, at the endpoint that takes the place of the one it was made for. */
function moved(url: string, before: DiscoveryDocument, after: DiscoveryDocument): string {
  for (const name of endpoints) {
    const from = before.document[name];
    const to = after.document[name];
    if (typeof from === 'string' && typeof to === 'string' && url.startsWith(from))
      return to + url.slice(from.length);
  }
  return url;
}
