import { homeAccountIds } from '../msal-cache/msal-cache.ts';
import { EnvelopeError } from '../sealing/envelope.ts';
import { type EntryContext, openRecord, type SignInRecord } from '../sealing/sign-in-record.ts';
import { longestLine, type PlainText, plain, plainText } from '../text/plain-text.ts';
import type { CacheAnswer } from './workflow-cache/workflow-cache-child.ts';

/** A sign-in that was found in a store. */
export interface Found {
  /** For the log. */
  readonly origin: string;
  readonly record: SignInRecord;
  readonly isInput: boolean;
}

/** What the workflow cache gave. */
export interface FromWorkflowCache {
  readonly found: readonly Found[];
  /** What is to be said of entries that cannot be used, one line each. */
  readonly warnings: readonly PlainText[];
  /** Why the cache could not be read, in words; undefined when it was. */
  readonly down: PlainText | undefined;
  /** The runner offers no cache service. */
  readonly absent: boolean;
  /** What is stored under the key that seals; undefined when nothing usable is. */
  readonly held: SignInRecord | undefined;
}

export const nothingRestored: FromWorkflowCache = {
  found: [],
  warnings: [],
  down: undefined,
  absent: false,
  held: undefined,
};

const brokenEntry = plain`The newest entry in the workflow cache is ignored: it is damaged, or holds something other than a sign-in.`;

/** Opens what was restored: one answer for each key, the sealing key's first. */
export async function openRestored(
  answers: readonly CacheAnswer[],
  context: EntryContext,
): Promise<FromWorkflowCache> {
  const found: Found[] = [];
  const warnings: PlainText[] = [];
  let held: SignInRecord | undefined;
  for (const [index, answer] of answers.entries()) {
    if (answer.is === 'broken') warnings.push(brokenEntry);
    if (answer.is !== 'hit') continue;
    const record = await opened(answer.text, context, warnings);
    if (!record) continue;
    found.push({ origin: 'the workflow cache', record, isInput: false });
    if (index === 0) held = record;
  }
  const failed = answers.find((answer) => answer.is === 'failed');
  // It came from another process, which says what a service said.
  const down = failed && plainText(failed.reason, longestLine);
  return { found, warnings, held, down, absent: answers.some(({ is }) => is === 'absent') };
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
      plain`The entry in the workflow cache is put aside: it ${plainText(error.message, longestLine)}.`,
    );
    return undefined;
  }
}

/**
 * The order in which sign-ins are tried: the last refreshed first, a plain cache (which has no date) last. When any
 * account will do and the input holds other people than the workflow cache, the input goes first: someone chose it.
 */
export function inOrder(
  found: readonly Found[],
  account: string,
): { readonly order: readonly Found[]; readonly inputWins: boolean } {
  const byDate = [...found].sort((a, b) => (b.record.refreshedAt ?? 0) - (a.record.refreshedAt ?? 0));
  const input = byDate.find(({ isInput }) => isInput);
  if (!input || account !== '') return { order: byDate, inputWins: false };

  const chosen = new Set(homeAccountIds(input.record.cache));
  const inputWins = byDate.some(
    ({ isInput, record }) => !isInput && homeAccountIds(record.cache).some((id) => !chosen.has(id)),
  );
  return { order: inputWins ? [input, ...byDate.filter(({ isInput }) => !isInput)] : byDate, inputWins };
}
