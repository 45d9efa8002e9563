import { EnvelopeError } from '../../sealing/envelope.ts';
import { type EntryContext, openRecord, type SignInRecord } from '../../sealing/sign-in-record.ts';
import { longestLine, type PlainText, plain, plainText } from '../../text/plain-text.ts';
import type { CacheResponse } from './cache-protocol.ts';

/** What the workflow cache gave. */
export interface RestoredEntries {
  /** The records that opened, the sealing key's first. */
  readonly records: readonly SignInRecord[];
  /** What is to be said of entries that cannot be used, one line each. */
  readonly warnings: readonly PlainText[];
  /** Why the cache could not be read, in words; undefined when it was. */
  readonly unreadable: PlainText | undefined;
  /** The runner offers no cache service. */
  readonly isUnsupported: boolean;
  /** What is stored under the key that seals; undefined when nothing usable is. */
  readonly current: SignInRecord | undefined;
}

export const nothingRestored: RestoredEntries = {
  records: [],
  warnings: [],
  unreadable: undefined,
  isUnsupported: false,
  current: undefined,
};

const brokenEntry = plain`The newest entry in the workflow cache is ignored: it is damaged, or holds something other than a sign-in.`;

/** Opens what was restored: one response for each key, the sealing key's first. */
export async function openRestored(
  responses: readonly CacheResponse[],
  context: EntryContext,
): Promise<RestoredEntries> {
  const records: SignInRecord[] = [];
  const warnings: PlainText[] = [];
  let current: SignInRecord | undefined;
  for (const [index, response] of responses.entries()) {
    if (response.kind === 'broken') warnings.push(brokenEntry);
    if (response.kind !== 'hit') continue;
    const record = await opened(response.text, context, warnings);
    if (!record) continue;
    records.push(record);
    if (index === 0) current = record;
  }
  const failed = responses.find((response) => response.kind === 'failed');
  // It came from another process, which says what a service said.
  const unreadable = failed && plainText(failed.reason, longestLine);
  const isUnsupported = responses.some(({ kind }) => kind === 'absent');
  return { records, warnings, current, unreadable, isUnsupported };
}

async function opened(
  text: string,
  context: EntryContext,
  warnings: PlainText[],
): Promise<SignInRecord | undefined> {
  try {
    return await openRecord(text, context);
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    warnings.push(
      plain`The entry in the workflow cache is ignored: it ${plainText(error.message, longestLine)}.`,
    );
    return undefined;
  }
}
