import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { jsonObject, type OAuthError, oauthError } from '../entra/error-response.ts';
import type { Exchange } from '../entra/exchange.ts';
import { readTokenResponse, type TokenResponse } from '../entra/token-response.ts';

/** Masks a value in the log, from now on. */
export type Mask = (secret: string) => void;

const secretMembers = ['access_token', 'refresh_token', 'id_token', 'device_code'] as const;

/**
 * The HTTP client that MSAL is given. MSAL discards what a server or a network said and throws an error of its own; this
 * client remembers it for the caller of MSAL. Secrets in a response are masked before MSAL sees them.
 */
export class NetworkClient implements INetworkModule {
  readonly #exchange: Exchange;
  readonly #mask: Mask;
  #lastError: OAuthError | undefined;
  #thrown: unknown;
  #hasResponse = false;
  #tokenResponse: TokenResponse | undefined;

  constructor(exchange: Exchange, mask: Mask) {
    this.#exchange = exchange;
    this.#mask = mask;
  }

  /** The error in the last response; undefined when it held none. */
  get lastError(): OAuthError | undefined {
    return this.#lastError;
  }

  /** What the exchange threw, if it threw. */
  get thrown(): unknown {
    return this.#thrown;
  }

  /** There was a response, whatever was in it. */
  get hasResponse(): boolean {
    return this.#hasResponse;
  }

  /** The tokens in the last response, and whom it names; undefined when it held none. */
  get tokenResponse(): TokenResponse | undefined {
    return this.#tokenResponse;
  }

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#send<T>('GET', url, options);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#send<T>('POST', url, options);
  }

  async #send<T>(
    method: 'GET' | 'POST',
    url: string,
    options?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> {
    this.#lastError = undefined;
    this.#tokenResponse = undefined;
    try {
      const response = await this.#exchange({
        method,
        url,
        headers: options?.headers ?? {},
        body: options?.body,
      });
      this.#hasResponse = true;
      const body = jsonObject(response) ?? {};
      this.#maskSecrets(body);
      this.#lastError = oauthError(response);
      if (!this.#lastError) this.#tokenResponse = readTokenResponse(body);
      const forMsal = this.#tokenResponse?.body ?? body;
      return { status: response.status, headers: response.headers, body: forMsal as T };
    } catch (error) {
      this.#thrown = error;
      throw error;
    }
  }

  #maskSecrets(body: Record<string, unknown>): void {
    for (const member of secretMembers) {
      const secret = body[member];
      if (typeof secret === 'string') this.#mask(secret);
    }
  }
}
