import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseAst } from 'rolldown/parseAst';

const root = join(import.meta.dirname, '../..');

/** Where text becomes harmless. Nowhere else may the compiler be told so. */
const makers = new Set(['src/text/plain-text.ts', 'src/action/markdown.ts']);

// A node of the syntax tree (ESTree), as far as it is looked at here.
interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}

test('No file but the two that make it calls a text harmless', () => {
  const files = globSync('src/**/*.ts', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  assert.ok(files.length > 100);
  const claims = files
    .filter((file) => !makers.has(file))
    .flatMap((file) => claimsIn(readFileSync(join(root, file), 'utf8')).map((claim) => `${file}: ${claim}`));
  assert.deepEqual(claims, []);
});

for (const [what, source] of [
  ['a cast', 'log.info(text as PlainText);'],
  ['a cast by way of another type', 'const line = text as unknown as PlainText;'],
  ['a cast of several', 'const lines = texts as readonly PlainText[];'],
  ['a cast in the old form', 'const line = <Markdown>text;'],
  ['a cast of a function', 'const make = toUpperCase as (text: string) => PlainText;'],
  ['a cast to the type of something harmless', 'const line = text as typeof harmlessLine;'],
  ['a cast to what a function returns', 'const line = text as ReturnType<typeof plainText>;'],
  ['a type guard', 'function isPlain(text: string): text is PlainText { return true; }'],
  ['an assertion', 'function check(text: string): asserts text is Markdown {}'],
  ['a template that is none', 'const line = plain(Object.assign([text], { raw: [text] }));'],
  ['a template under another name', 'const make = markdown;'],
] as const) {
  test(`${what} is seen`, () => assert.equal(claimsIn(source).length, 1, source));
}

test('what is made by a template is not taken for a claim', () => {
  const source =
    "import { plain, type PlainText } from './plain-text.ts';\nconst line: PlainText = plain`It is.`;\nconst word = text as Kind;";
  assert.deepEqual(claimsIn(source), []);
});

/** Where a text is said to be harmless and is not made so: casts, guards, and tags that are used as anything else. */
function claimsIn(source: string): readonly string[] {
  const claims: string[] = [];
  const textOf = ({ start, end }: Node): string => source.slice(Number(start), Number(end));
  const visit = (node: Node): void => {
    if (/^Import/.test(node.type)) return;
    if (isClaim(node, textOf)) claims.push(textOf(node));
    else for (const child of childrenOf(node)) visit(child);
  };
  visit(parseAst(source, { lang: 'ts' }) as unknown as Node);
  return claims;
}

const claimingTypes = /\b(PlainText|Markdown|typeof)\b/;
const tags = new Set(['plain', 'markdown']);

function isClaim(node: Node, textOf: (node: Node) => string): boolean {
  if (node.type === 'Identifier') return tags.has(String(node['name']));
  if (!/^TS(AsExpression|TypeAssertion|TypePredicate)$/.test(node.type)) return false;
  const type = node['typeAnnotation'] as Node | null;
  return type !== null && claimingTypes.test(textOf(type));
}

function childrenOf(node: Node): readonly Node[] {
  // A tag in its own place.
  const { tag, ...members } = node.type === 'TaggedTemplateExpression' ? node : { ...node, tag: undefined };
  return Object.values(members)
    .flat()
    .filter((value): value is Node => typeof value === 'object' && value !== null && 'type' in value);
}
