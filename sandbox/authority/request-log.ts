import type { Fault } from '../faults.ts';
import type { EndpointName } from './entra-request.ts';

/** One request to the HTTPS listener, in words that may be printed: no token, no code. */
export interface LoggedRequest {
  /** When it came, in milliseconds since the epoch. */
  readonly time: number;
  readonly method: string;
  readonly host: string;
  /** Without the query. */
  readonly path: string;
  readonly endpoint: EndpointName;
  readonly tenant: string;
  readonly grantType: string | undefined;
  readonly clientId: string | undefined;
  readonly scope: string | undefined;
  /** A claims challenge that the client passed on. */
  readonly claims: string | undefined;
  readonly correlationId: string | undefined;
  /** The fault that struck, if any. */
  readonly fault: Fault['kind'] | undefined;
  /** `undefined` while it is not handled, and for good where a fault came before that. */
  readonly status: number | undefined;
  /** OAuth error of the answer. */
  readonly error: string | undefined;
  /** How long handling took. */
  readonly milliseconds: number | undefined;
}
