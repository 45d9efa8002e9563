import assert from 'node:assert/strict';
import test from 'node:test';
import type { Token, Tokens } from 'marked';
import { headingsOf, readPage } from './markdown-pages.ts';
import { messagesIn, messagesInSource, normal } from './messages-in-source.ts';

/** Texts in the source that nobody searches for, each with what it is. */
const notKeys: Readonly<Record<string, string>> = {
  'What to do: …': 'stands before the advice of each failure',
  'it …': 'stands before a reason',
  'correlation id …': 'in the reference',
  'trace id …': 'in the reference',
  'the workflow cache': 'names a store in a line',
  'the secret …': 'names a store in a line',
  'the environment "…" of …': 'names what a secret belongs to',
  'What to do: ….': 'stands before the advice in a warning',
  'give secret-token the token of a GitHub App, or a fine-grained personal access token, with the repository permission "…: write" for …':
    'advice',
  'give the token of a GitHub App, or a fine-grained personal access token, that may write secrets; GITHUB_TOKEN cannot':
    'advice',
  'fix the network settings of the runner, and run again': 'advice',
  'The stored sign-in is unchanged, and nobody needs to sign in.': 'advice',
  'Nobody needs to sign in.': 'advice',
  'This secret can be deleted.': 'the value of the probe',
  'expand 32-byte k': 'goes into a hash',
  'from the cache, with no request': 'in the line of a success',
  'refreshed silently': 'in the line of a success',
  'from the sign-in': 'in the line of a success',
  'sign in again': 'advice',
  'use a token-cache that was seeded by a browser sign-in on a managed device': 'advice',
  'send the text below to your administrator': 'advice',
  'Microsoft Entra': 'names a server in a message',
  'the authority …': 'names a server in a message',
  'give the serialized MSAL cache as compact JSON in one line, as the base64 of that JSON, or as this action sealed it':
    'advice',
  'pass the output pending-sign-in of an earlier job of this run, whole and unchanged': 'advice',
  'give both steps the same …': 'advice',
  '…, or let the finishing step have the other key on a further line': 'advice',
  'use the same version of this action in both jobs': 'advice',
  '… and cloud, or authority': 'advice',
  '…, in the same order': 'advice',
  'a step without encryption-key does not begin a sign-in': 'cannot happen: the inputs are checked',
  'entra-user-token encryption key': 'goes into a hash',
  'user=…\x01auth=Bearer …\x01\x01': 'goes into the output xoauth2',
  'the refresh gave no tokens': 'inner error, told as what Entra said',
  'no name for a segment of a path: the inputs are checked': 'cannot happen: the inputs are checked',
  'What is packed comes out again.': 'is packed for a test',
  'exit code …': 'in brackets, in a message',
  'there is no encryption key': 'cannot happen: no store is made without one',
  'The job summary could not be written.': 'debug log only',
  'an automated workflow signs in by device code': 'in the text for the administrator',
  'for an automated workflow I sign in by browser': 'in the text for the administrator',
  'it ….': 'stands before a reason',
  'The file of --encryption-key-file': 'names what held a key',
  'The environment variable …': 'names what held a key',
  '… could not be started': 'in brackets, in a message',
  'The browser has sent the sign-in to the terminal. You can close this window.': 'in the browser',
  'You are not signed in. The terminal shows why.': 'in the browser',
  'To sign in, open … and enter code …': 'what to do when all is well',
  'For help: entra-user-token --help': 'follows each message about an incorrect call',
  'For help: entra-user-token … --help': 'follows each message about an incorrect call',
  'Please report it. Leave out tokens and other secrets.': 'follows an unexpected error',
  'entra-user-token seed --client-id ID --output sign-in.txt && gh secret set ENTRA_TOKEN_CACHE < sign-in.txt':
    'example',
  'of this name': 'stands for the name of an option',
  'The file to inspect': 'names a file in a message',
  'unknown error': 'stands for a code of the system',
  'an unknown error': 'stands for a code of the system',
  '… exited with …': 'in brackets, in a message',
  'Sign in with the browser that opens. If none opens, open this address on this machine:':
    'what to do when all is well',
  'The code expires at ….': 'what to do when all is well',
  'Waiting for code … at …: … left.': 'what to do when all is well',
  'Signed in as … (…).': 'a success',
  '…, sealed with key …, for client … and authority …. The workflow must use the same.': 'a success',
  '…, not sealed, for client … and authority ….': 'a success',
  'If unused, this sign-in expires on ….': 'a success',
};

/** Files whose texts are no messages, each with what they are. */
const notMessages: Readonly<Record<string, string>> = {
  'src/command-line/help.ts': 'documents itself',
  'src/action/way-to-sign-in.ts': 'advice',
  'src/command-line/description.ts': 'the result of inspect, in which each line says what it is',
};

const documented = new Set(
  ['docs/troubleshooting.md', 'docs/command-line.md'].flatMap((path) => [...keysOf(readPage(path).tokens)]),
);
const printed = new Map(
  messagesInSource()
    .filter(({ file }) => !(file.replaceAll('\\', '/') in notMessages))
    .map((message) => [message.text, message]),
);

test('Each message of the code is in docs/troubleshooting.md, or, of the companion, in docs/command-line.md', () => {
  assert.ok(printed.size > 100);
  const missing = [...printed.values()].filter(({ text }) => !documented.has(text) && !(text in notKeys));
  const lines = missing.map(({ text, file }) => `${file}: | \`${text.replaceAll('|', '\\|')}\` | … |`);
  assert.deepEqual(lines, [], 'document these under their literal text');
});

test('Each message in these pages is one of the code', () => {
  const gone = [...documented, ...Object.keys(notKeys)].filter((text) => !printed.has(text));
  assert.deepEqual(gone, [], 'no code prints these any more');
});

test('A new message is found wherever it is written', () => {
  const source = `
    throw new Failure('bad-input', { what: 'Gone.', why: \`the \${thing} went\`, fix: 'look for it' });
    log.warning(isLate ? 'Late.' : 'This is ' + \`the \${day} day.\`);
    const words: Record<string, 'not a text'> = { KEY: 'something went wrong' };
    warnings.push(\`No \${nothing}.\`);
    log.info(plain\`The \${isLate ? plain\`late one\` : plain\`early one\`} \${plain\`came\`}.\`);
    log.info(isLate ? plain\`Late again.\` : emptyText);`;
  assert.deepEqual(
    messagesIn(source, 'src/new.ts').map(({ text }) => text),
    [
      'Gone.',
      'the … went',
      'Late.',
      'This is the … day.',
      'something went wrong',
      'No ….',
      'The … ….',
      'late one',
      'early one',
      'Late again.',
    ],
  );
});

/** The messages that a page is keyed by: headings that are code, and the first column of tables headed "Message". */
function keysOf(tokens: readonly Token[]): ReadonlySet<string> {
  const headings = headingsOf(tokens).flatMap(({ tokens: inner }) => codeIn(inner));
  const rows = tokens
    .filter((token): token is Tokens.Table => token.type === 'table')
    .filter(({ header }) => header[0]?.text === 'Message')
    .flatMap(({ rows: cells }) => cells.flatMap(([first]) => codeIn(first?.tokens ?? [])));
  return new Set([...headings, ...rows].map(normal));
}

function codeIn(tokens: readonly Token[]): readonly string[] {
  return tokens.filter(({ type }) => type === 'codespan').map((token) => (token as Tokens.Codespan).text);
}
