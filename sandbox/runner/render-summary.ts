/** Shows the Markdown of a job summary in a terminal. */
import { type MarkedToken, marked, type Token, type Tokens } from 'marked';
import { type Style, terminalStyle, visibleWidth } from './terminal-style.ts';

/**
 * Renders Markdown as text: headings, emphasis, code, tables, links, lists, quotes.
 *
 * @param options `styled`: with terminal colours. Default: no.
 */
export function renderSummary(
  markdown: string,
  { styled = false }: { readonly styled?: boolean } = {},
): string {
  return blocks(marked.lexer(markdown), terminalStyle(styled)).join('\n\n');
}

function blocks(tokens: readonly Token[], style: Style): string[] {
  return tokens.map((token) => block(known(token), style)).filter((text) => text !== '');
}

function block(token: MarkedToken, style: Style): string {
  switch (token.type) {
    case 'heading': {
      const title = inline(token.tokens, style);
      return token.depth <= 2
        ? `${style.bold(title)}\n${(token.depth === 1 ? '═' : '─').repeat(visibleWidth(title))}`
        : style.bold(title);
    }
    case 'code':
      return indent(style.code(token.text), '    ');
    case 'blockquote':
      return indent(blocks(token.tokens, style).join('\n\n'), '│ ');
    case 'list':
      return list(token, style);
    case 'table':
      return table(token, style);
    case 'hr':
      return '─'.repeat(40);
    case 'html':
      return withoutTags(token.text).trim();
    case 'space':
    case 'def':
      return '';
    default:
      return inline([token], style).trim();
  }
}

function inline(tokens: readonly Token[], style: Style): string {
  return tokens.map((token) => inlineToken(known(token), style)).join('');
}

function inlineToken(token: MarkedToken, style: Style): string {
  switch (token.type) {
    case 'strong':
      return style.bold(inline(token.tokens, style));
    case 'em':
      return style.italic(inline(token.tokens, style));
    case 'codespan':
      return style.code(token.text);
    case 'link': {
      const text = inline(token.tokens, style);
      return token.href === text || token.href === `mailto:${text}`
        ? style.link(text)
        : `${text} (${style.link(token.href)})`;
    }
    case 'image':
      return token.text;
    case 'br':
      return '\n';
    case 'html':
      return withoutTags(token.text);
    case 'paragraph':
    case 'del':
      return inline(token.tokens, style);
    case 'text':
      return token.tokens ? inline(token.tokens, style) : unescapeHtml(token.text);
    case 'escape':
      return token.text;
    default:
      return token.raw;
  }
}

function list({ items, ordered, start }: Tokens.List, style: Style): string {
  return items
    .map((item, index) => {
      const number = ordered ? `${Number(start) + index}. ` : '• ';
      const mark = item.task ? `${number}${item.checked ? '☑' : '☐'} ` : number;
      const content = item.tokens.filter(({ type }) => type !== 'checkbox');
      return mark + indent(blocks(content, style).join('\n'), ' '.repeat(mark.length)).trimStart();
    })
    .join('\n');
}

function table({ header, rows }: Tokens.Table, style: Style): string {
  const cells = [header, ...rows].map((row) => row.map(({ tokens }) => inline(tokens, style)));
  const widths = header.map((_, column) => Math.max(...cells.map((row) => visibleWidth(row[column] ?? ''))));
  const lines = cells.map((row) =>
    widths
      .map((width, column) => padded(row[column] ?? '', width))
      .join(' │ ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('─┼─');
  // A table whose header is empty is one of names and values.
  return header.every(({ text }) => text === '')
    ? lines.slice(1).join('\n')
    : [style.bold(lines[0] ?? ''), rule, ...lines.slice(1)].join('\n');
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - visibleWidth(text)));
}

function indent(text: string, prefix: string): string {
  return text
    .split('\n')
    .map((line) => prefix + line)
    .join('\n');
}

/** Of the tokens only those of marked itself: no extension is installed. */
function known(token: Token): MarkedToken {
  return token as MarkedToken;
}

/** Job summaries may hold HTML, as `core.summary` writes it. */
function withoutTags(html: string): string {
  const text = html
    .replace(/<!--.*?-->/gs, '')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/(td|th)>/gi, ' ')
    .replace(/<\/(tr|p|h\d|li|summary|div)>/gi, '\n')
    .replace(/<[^>]*>/g, '');
  return unescapeHtml(text).replace(/ +$/gm, '');
}

function unescapeHtml(text: string): string {
  const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([\da-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&(amp|lt|gt|quot|apos);/g, (entity, name: string) => characters[name] ?? entity);
}
