import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { analyse } from 'scslre';
import { root } from '../docs/markdown-pages.ts';

/** A regular expression in the source, as it is written there. */
export interface RegularExpression {
  readonly pattern: string;
  readonly flags: string;
  readonly file: string;
}

/** Every regular expression in `src/`; one that is made at run time has no pattern that could be looked at. */
export function regularExpressionsInSource(): readonly (RegularExpression | MadeAtRunTime)[] {
  return globSync('src/**/*.ts', { cwd: root }).flatMap((file) =>
    regularExpressionsIn(readFileSync(join(root, file), 'utf8'), file),
  );
}

export interface MadeAtRunTime {
  readonly pattern: undefined;
  readonly file: string;
}

/** Those of one file, found in its syntax tree. */
export function regularExpressionsIn(source: string, file: string): (RegularExpression | MadeAtRunTime)[] {
  const found: (RegularExpression | MadeAtRunTime)[] = [];
  visit(parseAst(source, { lang: 'ts' }, file) as unknown as Node, (node) => {
    const regex = node['regex'] as { pattern: string; flags: string } | undefined;
    if (regex) found.push({ ...regex, file });
    if (isMadeHere(node)) found.push({ pattern: undefined, file });
  });
  return found;
}

/**
 * In words, what makes an expression slower than the text is long; undefined when it is linear: no two ways to match the
 * same characters, and no repetition that is tried again from every place of the text.
 */
export function whyNotLinear({ pattern, flags }: Pick<RegularExpression, 'pattern' | 'flags'>) {
  const [report] = analyse({ source: pattern, flags }, { maxReports: 1 }).reports;
  return (
    report && `${report.exponential ? 'exponential' : 'quadratic'}, for ${report.character.literal.source}`
  );
}

// A node of the syntax tree (ESTree), as far as it is looked at here.
interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}

function isMadeHere({ type, callee }: Node): boolean {
  return /^(New|Call)Expression$/.test(type) && (callee as Node)['name'] === 'RegExp';
}

function visit(node: Node, tell: (node: Node) => void): void {
  tell(node);
  for (const value of Object.values(node).flat())
    if (typeof value === 'object' && value !== null && 'type' in value) visit(value as Node, tell);
}
