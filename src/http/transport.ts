export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Bytes of the header section of a response, a proxy's or a server's: Node's default, whatever NODE_OPTIONS says. */
export const largestHead = 16_384;

export interface AttemptBounds {
  /** Milliseconds for the whole attempt: the name's look-up, proxy and handshakes, to the last byte of the response. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One attempt at one request; no retries, no redirects.
 * @throws {TransportError} when there is no complete response
 */
export type Transport = (request: HttpRequest, bounds: AttemptBounds) => Promise<HttpResponse>;

/** No response came, or only a part of one. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  /** True when trying again cannot help: the certificate is not trusted, or a proxy refuses. */
  readonly permanent: boolean;

  constructor(message: string, options: ErrorOptions & { readonly permanent?: boolean } = {}) {
    super(message, options);
    this.permanent = options.permanent ?? false;
  }
}
