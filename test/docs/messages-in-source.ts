import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { root } from './markdown-pages.ts';

/** A text for people in the source. What is filled in when it is printed stands as `…`. */
export interface Message {
  readonly text: string;
  readonly file: string;
}

/** Every text for people in `src/`, found in the syntax tree. */
export function messagesInSource(): readonly Message[] {
  return globSync('src/**/*.ts', { cwd: root }).flatMap((file) =>
    messagesIn(readFileSync(join(root, file), 'utf8'), file),
  );
}

/**
 * The texts for people in one file: whatever reads as a sentence or a part of one, and, however short, what stands where
 * a message stands. Not the advice of a failure (`fix`), which stands beside it in the log, and not the meanings of AADSTS
 * codes (`means`), which have a table of their own.
 */
export function messagesIn(source: string, file: string): readonly Message[] {
  const messages: Message[] = [];
  visit(parseAst(source, { lang: 'ts' }, file) as unknown as Node, false, (text) =>
    messages.push({ text, file }),
  );
  return messages;
}

/** One form for a text in the source and on a page. */
export function normal(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/…+/g, '…').replace(/^#+ /, '').trim();
}

// A node of the syntax tree (ESTree), as far as it is looked at here.
interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}

const messageProperties = new Set(['what', 'why', 'reason', 'problem', 'title']);
const notMessages = new Set(['fix', 'means']);
const skipped = /^(Import|TS.*Type|TSTypeAliasDeclaration|TSInterfaceDeclaration|TSTypeParameter)/;

function visit(node: Node, isPlace: boolean, tell: (text: string) => void): void {
  if (skipped.test(node.type)) return;
  if (node.type === 'Property') {
    visitProperty(node, tell);
    return;
  }

  const text = textOf(node);
  if (text !== undefined) {
    if (isMessage(normal(text), isPlace)) tell(normal(text));
    for (const part of filledIn(node)) visit(part, false, tell);
    return;
  }
  const isLog = node.type === 'CallExpression' && isLogCall(node);
  const staysPlace = isLog || (isPlace && /^(ConditionalExpression|LogicalExpression)$/.test(node.type));
  for (const child of childrenOf(node)) visit(child, staysPlace, tell);
}

function visitProperty({ key, value }: Node, tell: (text: string) => void): void {
  const name = String((key as Node)['name'] ?? '');
  if (!notMessages.has(name)) visit(value as Node, messageProperties.has(name), tell);
}

/** `log.warning(…)`, `this.#log.info(…)`, `warnings.push(…)`, `notice(…)` */
function isLogCall({ callee }: Node): boolean {
  const { type, name, object, property } = callee as Node;
  if (type !== 'MemberExpression') return name === 'notice' || name === 'warning';
  const owner = String((object as Node)['name'] ?? ((object as Node)['property'] as Node)?.['name'] ?? '');
  const method = String((property as Node)['name'] ?? '');
  return (owner === 'log' && method !== 'debug') || (owner === 'warnings' && method === 'push');
}

/** What makes a template a text that is harmless, and leaves its words as they are. */
const tags = new Set(['plain', 'markdown']);

/** The text of a literal, a template, or several of them added up; undefined for anything else. */
function textOf(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined;
  if (node.type === 'TemplateLiteral')
    return (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('…');
  if (isTagged(node)) return textOf(node['quasi'] as Node);
  if (node.type !== 'BinaryExpression' || node['operator'] !== '+') return undefined;
  const left = textOf(node['left'] as Node);
  const right = textOf(node['right'] as Node);
  return left === undefined && right === undefined ? undefined : `${left ?? '…'}${right ?? '…'}`;
}

function isTagged({ type, tag }: Node): boolean {
  return type === 'TaggedTemplateExpression' && tags.has(String((tag as Node)['name'] ?? ''));
}

/** What stands in a text's placeholders, which may be texts of their own. */
function filledIn(node: Node): readonly Node[] {
  if (node.type === 'TemplateLiteral') return node['expressions'] as Node[];
  if (isTagged(node)) return filledIn(node['quasi'] as Node);
  if (node.type !== 'BinaryExpression') return [];
  return [node['left'] as Node, node['right'] as Node].flatMap((side) =>
    textOf(side) === undefined ? [side] : filledIn(side),
  );
}

/** A continuation (", and somebody else signed in") and a row of a table belong to what stands before them. */
function isMessage(text: string, isPlace: boolean): boolean {
  if (!/^["“…\p{L}\p{N}]/u.test(text)) return false;
  const words = text.match(/\p{L}[\p{L}'’-]+/gu) ?? [];
  return words.length >= (isPlace ? 1 : 2) && (isPlace || / /.test(text));
}

function childrenOf(node: Node): readonly Node[] {
  return Object.entries(node)
    .filter(([name]) => name !== 'typeAnnotation' && name !== 'source')
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter((value): value is Node => typeof value === 'object' && value !== null && 'type' in value);
}
