import type { Clock } from '../../../src/clock.ts';
import type { HttpRequest, HttpResponse, Transport } from '../../../src/http/transport.ts';
import { json } from './answers.ts';

/** A request as it was sent. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  /** The last segment of the path: "devicecode", "token", "openid-configuration". */
  readonly endpoint: string;
  readonly form: Readonly<Record<string, string>>;
  /** When, by the clock of the test. */
  readonly at: number;
}

/** What comes back: an answer, or an error of the connection. */
export type Answer = HttpResponse | Error;

/** What the end points answer, in this order. A request beyond it fails the test. */
export interface Script {
  readonly deviceCode?: readonly Answer[];
  readonly token?: readonly Answer[];
  /** Without it, each request for the discovery document is answered with one that fits. */
  readonly discovery?: readonly Answer[];
}

/** The same answer, however often it is asked for. */
export function always(answer: Answer): readonly Answer[] {
  return Array.from({ length: 500 }, () => answer);
}

/** Entra behind a transport that touches no network. */
export class FakeEntra {
  readonly requests: Sent[] = [];
  readonly transport: Transport;
  readonly #left: Readonly<Record<string, Answer[]>>;

  constructor({ deviceCode = [], token = [], discovery }: Script, clock: Clock) {
    this.#left = {
      devicecode: [...deviceCode],
      token: [...token],
      ...(discovery && { 'openid-configuration': [...discovery] }),
    };
    this.transport = async (request, { signal }) => {
      signal?.throwIfAborted();
      const sent = readRequest(request, clock.now());
      this.requests.push(sent);
      const answer = this.#answerTo(sent);
      if (answer instanceof Error) throw answer;
      return answer;
    };
  }

  /** Milliseconds between each request and the next. */
  get pauses(): readonly number[] {
    return this.requests.slice(1).map(({ at }, index) => at - (this.requests[index]?.at ?? 0));
  }

  /** The requests to one end point. */
  to(endpoint: string): readonly Sent[] {
    return this.requests.filter((request) => request.endpoint === endpoint);
  }

  #answerTo({ endpoint, url }: Sent): Answer {
    const left = this.#left[endpoint];
    if (!left && endpoint === 'openid-configuration') return discovery(url);
    return left?.shift() ?? new Error(`unexpected request to ${url}`);
  }
}

function readRequest({ method, url, body }: HttpRequest, at: number): Sent {
  const endpoint = new URL(url).pathname.split('/').at(-1) ?? '';
  return { method, url, endpoint, form: Object.fromEntries(new URLSearchParams(body ?? '')), at };
}

function discovery(url: string): HttpResponse {
  const base = url.replace(/(\/v2\.0)?\/\.well-known\/.*$/, '');
  return json(200, {
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  });
}
