import { Failure } from '../failure.ts';

/** A response on which MSAL throws. What MSAL says of it may quote the response, so only the name of its error is told. */
export function unexpectedResponse(cause: unknown): Failure {
  const name = cause instanceof Error && 'errorCode' in cause ? cause.errorCode : undefined;
  const known = typeof name === 'string' && /^\w{1,60}$/.test(name) ? ` (${name})` : '';
  return new Failure(
    'entra-refused',
    {
      what: 'The token response could not be understood.',
      why: `it is a success by its status, and lacks something or holds something that no token response holds${known}.`,
      fix: 'run again in a few minutes. If it happens again, check tenant-id and cloud, or authority.',
    },
    { cause },
  );
}

export function withoutToken(): Failure {
  return new Failure('entra-unavailable', {
    what: 'The token response holds no access token.',
    why: 'it is a success by its status.',
    fix: 'run again in a few minutes.',
  });
}
