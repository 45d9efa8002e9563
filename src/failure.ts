import { type PlainText, plainText } from './text/plain-text.ts';

/**
 * The stable words of the output `error-code`. A workflow may compare against them, so a word is never renamed.
 */
export type ErrorCode =
  | 'bad-input'
  | 'sign-in-needed'
  | 'sign-in-refused'
  | 'sign-in-expired'
  | 'sign-in-used'
  | 'sign-in-declined'
  | 'wrong-account'
  | 'consent-needed'
  | 'blocked-by-policy'
  | 'account-refused'
  | 'entra-refused'
  | 'entra-unavailable'
  | 'cache-unavailable'
  | 'secret-unwritable'
  | 'cancelled'
  | 'internal-error';

/**
 * What a person who is woken by a failure reads, in this order. No secret, no server's raw text. Each member is one line
 * of the message, whatever name was put into it; only the advice may have several.
 */
export interface Explanation {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** Identifiers an administrator needs to find the event: code, correlation id, trace id, time. */
  readonly reference?: string | undefined;
}

/** A failure of the step: one message for people, one stable {@link ErrorCode} for workflows. */
export class Failure extends Error {
  override readonly name: string = 'Failure';
  readonly code: ErrorCode;
  readonly explanation: Explanation;
  /** The message, line by line; whatever was put into the explanation, this is harmless. */
  readonly lines: readonly PlainText[];

  constructor(code: ErrorCode, explanation: Explanation, options?: ErrorOptions) {
    const lines = formatExplanation(explanation);
    super(lines.join('\n'), options);
    this.lines = lines;
    this.code = code;
    this.explanation = explanation;
  }
}

// An annotation holds 4,096 characters in all.
const longestLine = 4000;

function formatExplanation({ what, why, fix, reference }: Explanation): readonly PlainText[] {
  const [firstAdvice = '', ...furtherAdvice] = fix.split('\n');
  const lines = [what, `Why: ${why}`, `What to do: ${firstAdvice}`, ...furtherAdvice];
  if (reference) lines.push(`Reference: ${reference}`);
  return lines.map((line) => plainText(line, longestLine));
}

/** The run was cancelled (SIGINT, SIGTERM or SIGBREAK) before its outputs were set. */
export class Cancelled extends Failure {
  override readonly name = 'Cancelled';

  constructor() {
    super('cancelled', {
      what: 'Cancelled.',
      why: 'the run was cancelled before its outputs were set.',
      fix: 'run again when you are ready.',
    });
  }
}
