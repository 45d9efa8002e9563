import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { marked, type Token, type Tokens } from 'marked';

export const root = join(import.meta.dirname, '../..');

/** A page that people read on the platform. */
export interface Page {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly tokens: readonly Token[];
}

const elsewhere = new Set(['node_modules', '.git', 'dist', 'coverage']);

export function readPage(path: string): Page {
  return { path, tokens: marked.lexer(readFileSync(join(root, path), 'utf8')) };
}

export function allPages(): readonly Page[] {
  return markdownFilesIn(root).map((file) => readPage(relative(root, file).split(sep).join('/')));
}

function markdownFilesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (elsewhere.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownFilesIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** Every link and picture of a page, as written. */
export function linksOf({ tokens }: Page): readonly string[] {
  const links: string[] = [];
  marked.walkTokens([...tokens], (token) => {
    if (token.type === 'link' || token.type === 'image') links.push((token as Tokens.Link).href);
    if (token.type === 'html')
      links.push(...[...token.raw.matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, src = '']) => src));
  });
  return links;
}

/** The anchors that the platform gives to a page's headings. */
export function anchorsOf({ tokens }: Page): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const heading of headingsOf(tokens)) {
    const slug = textOf(heading.tokens)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

export function headingsOf(tokens: readonly Token[]): readonly Tokens.Heading[] {
  return tokens.filter((token): token is Tokens.Heading => token.type === 'heading');
}

export function textOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => ('tokens' in token && token.tokens ? textOf(token.tokens) : (token as Tokens.Text).text))
    .join('');
}
