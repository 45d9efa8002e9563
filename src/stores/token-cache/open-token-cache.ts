import { readTokenCacheInput } from '../../sealing/token-cache-input.ts';
import { badInput } from '../../settings.ts';
import { longestLine, plain, plainText } from '../../text/plain-text.ts';
import type { Restored, SignInStore, StoreSetup } from '../sign-in-store.ts';

const title = plain`token-cache`;

/** Opens the input `token-cache` as a store that can be read only; undefined where it is empty. */
export async function openTokenCache(setup: StoreSetup): Promise<SignInStore | undefined> {
  if (setup.settings.tokenCache === '') return undefined;
  return {
    name: 'token-cache',
    title,
    isPerBranch: false,
    restore: () => readSignIns(setup),
  };
}

async function readSignIns({ settings: { tokenCache }, context, log }: StoreSetup): Promise<Restored> {
  const input = await readTokenCacheInput(tokenCache, context);
  switch (input.kind) {
    case 'invalid':
      throw badInput(`token-cache ${input.problem}.`);
    case 'unreadable':
      log.warning(plain`token-cache is ignored: ${plainText(input.reason, longestLine)}.`);
      return ignored;
    case 'empty':
      log.info(plain`token-cache is an empty cache, and counts as not set.`);
      return { kind: 'restored', signIns: [] };
    case 'ignored':
      log.warning(
        plain`token-cache is ignored, since nobody is signed in there to this client and authority. It holds ${plainText(input.found, longestLine)}.`,
      );
      return ignored;
    case 'record':
      if (tokenCache.includes('\n')) log.warning(inSeveralLines);
      return { kind: 'restored', signIns: [{ origin: 'token-cache', record: input.record, isInput: true }] };
  }
}

const ignored: Restored = { kind: 'restored', signIns: [], hasIgnored: true };

const inSeveralLines = plain`token-cache is given in several lines. The platform masks each line of a secret, "{" and "}" among them, which makes the log unreadable. Store it as compact JSON in one line.`;
