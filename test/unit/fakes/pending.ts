import { EnvelopeError, type EnvelopeErrorCode } from '../../../src/sealing/envelope.ts';
import {
  openPendingSignIn,
  type PendingBinding,
  sealPendingSignIn,
} from '../../../src/sealing/pending-sign-in.ts';
import { binding, keyOf } from './record-context.ts';

export const pendingBinding: PendingBinding = {
  ...binding,
  run: 'https://github.example/o/r/actions/runs/42',
  account: 'alice@contoso.example',
  scopes: ['Mail.Read', 'Mail.Send'],
};

/** A pending sign-in that opens with key 1. */
export const sealedPending = await sealPendingSignIn(
  { secret: 'dc' },
  { key: keyOf(1), binding: pendingBinding, now: 1 },
);

/** The error with which key 1 refuses the text; undefined when it opens. */
export async function refusalOfPending(
  text: string,
  of = pendingBinding,
): Promise<EnvelopeErrorCode | undefined> {
  try {
    await openPendingSignIn(text, [keyOf(1)], of);
  } catch (error) {
    if (error instanceof EnvelopeError) return error.code;
    throw error;
  }
  return undefined;
}
