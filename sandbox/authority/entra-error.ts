/** Errors as Entra words them. Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
import { randomUUID } from 'node:crypto';
import type { Answer } from '../faults.ts';
import { type ErrorKind, errorKinds } from './entra-error-codes.ts';

export interface EntraErrorDetails {
  /** OAuth error code, where it is not the one that usually comes with the AADSTS code. */
  readonly error?: string;
  readonly suberror?: string;
  /** The sentence after `AADSTS…: `. */
  readonly message?: string;
  readonly status?: number;
  /** A claims challenge, JSON as text. */
  readonly claims?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly correlationId?: string;
  readonly traceId?: string;
}

export interface EntraErrorAnswer extends Answer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The answer that Entra's token and device code end points give for an AADSTS code: status, headers, JSON body.
 * It fits into a fault: `{ kind: 'respond', ...entraError(53003) }`.
 */
export function entraError(code: number, details: EntraErrorDetails = {}): EntraErrorAnswer {
  const kind: ErrorKind = errorKinds.get(code) ?? {
    error: 'invalid_grant',
    message: 'The request was refused.',
  };
  const traceId = details.traceId ?? randomUUID();
  const correlationId = details.correlationId ?? randomUUID();
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const suberror = details.suberror ?? kind.suberror;
  const body = {
    error: details.error ?? kind.error,
    error_description:
      `AADSTS${code}: ${details.message ?? kind.message} ` +
      `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    ...(suberror === undefined ? {} : { suberror }),
    ...(details.claims === undefined ? {} : { claims: details.claims }),
  };
  return {
    status: details.status ?? kind.status ?? 400,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store, no-cache',
      'x-ms-request-id': traceId,
      ...details.headers,
    },
    body: JSON.stringify(body),
  };
}

/** Thrown by a handler to refuse a request; becomes {@link entraError} with the request's own ids. */
export class EntraRefusal extends Error {
  readonly code: number;
  readonly details: EntraErrorDetails;

  constructor(code: number, details: EntraErrorDetails = {}) {
    super(`AADSTS${code}`);
    this.code = code;
    this.details = details;
  }
}
