import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { Token, Tokens } from 'marked';
import { parse } from 'yaml';
import { allPages, root } from './markdown-pages.ts';
import { refusedWordsIn } from './plain-words.ts';

/** Pages whose words come from elsewhere, each with where from. */
const notChecked: Readonly<Record<string, string>> = {
  'docs/reliability.md': 'the fault matrix writes it',
};

const pages = allPages().filter(({ path }) => !(path in notChecked));

test('The pages use none of the words that this project does not use', () => {
  assert.ok(pages.length > 20);
  const found = pages.flatMap(({ path, tokens }) =>
    proseIn(withoutTable('hints', tokens)).flatMap((text) =>
      refusedWordsIn(text).map((problem) => `${path}: ${problem}`),
    ),
  );
  assert.deepEqual(found, []);
});

test('The descriptions in action.yml use none of them either', () => {
  const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Described & {
    readonly inputs: Readonly<Record<string, Described>>;
    readonly outputs: Readonly<Record<string, Described>>;
  };
  const described = [action, ...Object.values(action.inputs), ...Object.values(action.outputs)];
  assert.deepEqual(
    described.flatMap(({ description }) => refusedWordsIn(description)),
    [],
  );
});

test('The refused words are found in a sentence, in any form', () => {
  for (const text of [
    'It dies at night.',
    'Mended.',
    'If nobody is there',
    'It is put aside.',
    'Seldom used',
  ])
    assert.equal(refusedWordsIn(text).length, 1, text);
  for (const text of ['The log is live.', 'There is a live service.', 'Amendment', 'a hadron'])
    assert.deepEqual(refusedWordsIn(text), [], text);
});

interface Described {
  readonly description: string;
}

/** What a reader reads as text: not code, which is quoted, but comments in it; not names of files. */
function proseIn(tokens: readonly Token[]): readonly string[] {
  const texts: string[] = [];
  const visit = (token: Token): void => {
    switch (token.type) {
      case 'paragraph':
      case 'heading':
        texts.push(inline(childrenOf(token)));
        return;
      case 'text':
        texts.push(inline([token]));
        return;
      case 'code':
        texts.push(...commentsIn((token as Tokens.Code).text));
        return;
      case 'table': {
        const { header, rows } = token as Tokens.Table;
        for (const cell of [header, ...rows].flat()) texts.push(inline(cell.tokens));
        return;
      }
      case 'list':
        for (const item of (token as Tokens.List).items) item.tokens.forEach(visit);
        return;
      default:
        childrenOf(token).forEach(visit);
    }
  };
  tokens.forEach(visit);
  return texts;
}

/** The text of a paragraph in one, so that a word is found with its neighbours. */
function inline(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'codespan' || token.type === 'html') return '`';
      if (token.type === 'link' && /\.ts$/.test((token as Tokens.Link).text)) return '`';
      if (token.type === 'image') return (token as Tokens.Image).text;
      const children = childrenOf(token);
      return children.length > 0 ? inline(children) : (token as Tokens.Text).text;
    })
    .join('');
}

function childrenOf(token: Token): readonly Token[] {
  return 'tokens' in token ? (token.tokens ?? []) : [];
}

function commentsIn(code: string): readonly string[] {
  return [...code.matchAll(/(?:^|\s)# (.*)$/gm)].map(([, comment = '']) => comment);
}

/** Without a table that is generated between two comments. */
function withoutTable(name: string, tokens: readonly Token[]): readonly Token[] {
  const begin = tokens.findIndex(({ raw }) => raw.includes(`<!-- ${name}:begin -->`));
  const end = tokens.findIndex(({ raw }) => raw.includes(`<!-- ${name}:end -->`));
  return begin < 0 ? tokens : [...tokens.slice(0, begin), ...tokens.slice(end)];
}
