export type EnvelopeErrorCode =
  | 'truncated'
  | 'tampered'
  | 'wrong-key'
  | 'wrong-type'
  | 'unknown-version'
  | 'other-client'
  | 'other-authority'
  | 'not-bound'
  | 'other-account'
  | 'other-cache-name'
  | 'other-repository'
  | 'other-run'
  | 'other-scopes';

/** Why an envelope was not opened. The message completes "it …" and never quotes the envelope. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
  readonly code: EnvelopeErrorCode;

  constructor(code: EnvelopeErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
