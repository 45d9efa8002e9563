import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { isMailAddress } from '../../src/action/mail-xoauth2.ts';
import { markdownCode, markdownText } from '../../src/action/markdown.ts';
import { readArguments } from '../../src/command-line/arguments.ts';
import { canonicalAccount, isHomeAccountIdOfEntra, lowerAscii } from '../../src/entra/account-name.ts';
import { cloudAuthority, customAuthority, isEntraTenant, isGuid } from '../../src/entra/authority.ts';
import { meaningOf } from '../../src/entra/entra-failure.ts';
import { oauthError } from '../../src/entra/error-response.ts';
import { misspelling, respelled } from '../../src/entra/scope-spelling.ts';
import {
  groupByResource,
  isOutlook,
  parseScopes,
  resourceOf,
  scopeProblems,
} from '../../src/entra/scopes.ts';
import { NotAnMsalCache, parseJsonOfCache, parseMsalCache } from '../../src/msal-cache/msal-cache.ts';
import { parseEncryptionKeys } from '../../src/sealing/encryption-keys.ts';
import { looksSealed, open, openForAny } from '../../src/sealing/envelope.ts';
import { looksPending, openPendingSignIn } from '../../src/sealing/pending-sign-in.ts';
import { openRecord } from '../../src/sealing/sign-in-record.ts';
import {
  describeWrongFormat,
  isSealed,
  parsePlainJson,
  readTokenCacheInput,
  unwrapped,
} from '../../src/sealing/token-cache-input.ts';
import { bytesInBase64, unwrap } from '../../src/sealing/wrapped-cache.ts';
import { recognize } from '../../src/sealing/wrong-formats.ts';
import { stageIn } from '../../src/stores/workflow-cache/archive-stage.ts';
import { errorBetweenAttempts } from '../../src/stores/workflow-cache/cache-errors.ts';
import { parseJson, parseJsonObject } from '../../src/text/json.ts';
import { capitalized, plainText } from '../../src/text/plain-text.ts';
import { withoutTrailingSlashes } from '../../src/text/trailing-slashes.ts';
import { root } from '../docs/markdown-pages.ts';
import { json } from '../unit/fakes/answers.ts';
import { pendingBinding } from '../unit/fakes/pending.ts';
import { binding, keyOf, recordContext } from '../unit/fakes/record-context.ts';
import { clientId } from '../unit/fakes/request.ts';

const names = cloudAuthority('public', 'organizations');
const context = recordContext(keyOf(1));

/** Takes as many steps, and throws nothing. */
function quietly(read: (text: string) => unknown): (text: string) => unknown {
  return (text) => {
    try {
      return read(text);
    } catch {
      return undefined;
    }
  };
}

/** What reads text that others wrote, by its name in the source. */
export const readers: Readonly<Record<string, (text: string) => unknown>> = {
  plainText,
  capitalized: (text) => capitalized(plainText(text)),
  markdownText,
  markdownCode,
  withoutTrailingSlashes,
  lowerAscii,
  isHomeAccountIdOfEntra,
  canonicalAccount: (text) => canonicalAccount(text, names),
  isGuid,
  isEntraTenant,
  customAuthority,
  parseScopes,
  misspelling: (text) => misspelling(text.split(' ')),
  respelled: (text) => respelled(text.split(' ')),
  resourceOf,
  isOutlook: (text) => isOutlook(text, names),
  groupByResource: (text) => groupByResource(text.split(' '), names),
  scopeProblems: (text) => scopeProblems(parseScopes(text), names),
  isMailAddress,
  parseEncryptionKeys,
  looksSealed,
  looksPending,
  isSealed,
  parsePlainJson: quietly(parsePlainJson),
  parseJson: quietly(parseJson),
  parseJsonObject,
  parseJsonOfCache: quietly(parseJsonOfCache),
  unwrapped: (text) => unwrapped(text).catch(() => undefined),
  unwrap: quietly(unwrap),
  bytesInBase64,
  recognize,
  stageIn,
  describeWrongFormat: (text) => describeWrongFormat(text, new NotAnMsalCache('it is not JSON')),
  errorBetweenAttempts: (text) => errorBetweenAttempts(`Attempt 1 of 5 failed with error: ${text}`),
  parseMsalCache,
  readTokenCacheInput: (text) => readTokenCacheInput(text, context),
  openForAny: (text) => openForAny(text, { type: 'entra-user-token-cache', keys: [keyOf(1)] }),
  open: (text) => open(text, { type: 'entra-user-token-cache', keys: [keyOf(1)], binding }),
  openRecord: (text) => openRecord(text, context),
  openPendingSignIn: (text) =>
    openPendingSignIn(`entra-user-token-pending.${text}`, [keyOf(1)], pendingBinding),
  // Several members, and up to seven characters of JSON for each: a part of the text is as much to read.
  oauthError(text) {
    const part = text.slice(0, text.length / 8);
    return oauthError(json(400, { error: part, error_description: part, trace_id: part, claims: part }));
  },
  meaningOf(text) {
    const error = oauthError(json(400, { error: 'invalid_grant', error_description: text }));
    return error && meaningOf(error);
  },
  readArguments: (text) =>
    readArguments([
      'seed',
      ...['client-id', 'scopes', 'account', 'tenant-id'].flatMap((name) => [`--${name}`, text]),
    ]),
  'readArguments with an authority': (text) =>
    readArguments(['seed', '--client-id', clientId, '--authority', text, '--account', text]),
};

/** The exported functions of `src/` with a parameter `text`, each of which reads what others wrote. */
export function functionsThatReadText(): readonly string[] {
  return globSync('src/**/*.ts', { cwd: root }).flatMap((file) => {
    const { body } = parseAst(readFileSync(join(root, file), 'utf8'), { lang: 'ts' }, file);
    return body.flatMap((statement) => {
      const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : null;
      if (declared?.type !== 'FunctionDeclaration' || !declared.id) return [];
      const isReader = declared.params.some((parameter) => {
        const name = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
        return name.type === 'Identifier' && name.name === 'text';
      });
      return isReader ? [declared.id.name] : [];
    });
  });
}
