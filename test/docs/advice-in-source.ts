import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { root } from './markdown-pages.ts';
import { normal } from './messages-in-source.ts';

/** A text that tells the reader what to do. What is filled in when it is printed stands as `…`. */
export interface Advice {
  readonly text: string;
  readonly file: string;
}

/** Files that hold nothing but advice. */
const adviceFiles: readonly string[] = ['src/action/way-to-sign-in.ts'];
const adviceMembers = new Set(['fix', 'askAdmin']);

/** Every advice in `src/`, found in the syntax tree. */
export function adviceInSource(): readonly Advice[] {
  return globSync('src/**/*.ts', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .flatMap((file) => adviceIn(readFileSync(join(root, file), 'utf8'), file));
}

/** The texts of one file that stand in a member `fix` or `askAdmin`, in a constant that one names, or in a file of advice. */
export function adviceIn(source: string, file: string): readonly Advice[] {
  const program = parseAst(source, { lang: 'ts' }, file) as unknown as Node;
  const places = adviceFiles.includes(file)
    ? [program]
    : nodesIn(program).flatMap((node) =>
        node.type === 'Property' && adviceMembers.has(nameOf(node['key'])) ? [node['value'] as Node] : [],
      );
  const named = new Set(
    places.flatMap(nodesIn).map((node) => (node.type === 'Identifier' ? nameOf(node) : '')),
  );
  const constants = nodesIn(program).flatMap((node) =>
    node.type === 'VariableDeclarator' && named.has(nameOf(node['id'])) && node['init']
      ? [node['init'] as Node]
      : [],
  );
  const texts = [...places, ...constants].flatMap(nodesIn).flatMap((node) => textOf(node) ?? []);
  return [...new Set(texts.map(normal))].filter(isAdvice).map((text) => ({ text, file }));
}

interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}

function nameOf(node: unknown): string {
  return String((node as Node | undefined)?.['name'] ?? '');
}

const skipped = /^(Import|TS.*Type|TSInterface)/;

function nodesIn(node: Node): readonly Node[] {
  if (skipped.test(node.type)) return [];
  const inner = Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter((value): value is Node => typeof value === 'object' && value !== null && 'type' in value);
  return [node, ...inner.flatMap(nodesIn)];
}

function textOf(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined;
  if (node.type !== 'TemplateLiteral') return undefined;
  return (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('…');
}

/** At least three words: shorter ones are put into another, which stands beside them. */
function isAdvice(text: string): boolean {
  return (text.match(/\p{L}[\p{L}'’-]+/gu) ?? []).length >= 3;
}
