/**
 * Writes the tables of inputs and outputs into README.md, from action.yml. With `--check` nothing is written: it fails
 * when the tables are not what action.yml says.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Manifest {
  readonly inputs: Readonly<Record<string, Input>>;
  readonly outputs: Readonly<Record<string, Output>>;
}

interface Input {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string;
}

interface Output {
  readonly description: string;
}

const root = join(import.meta.dirname, '..');
const readmePath = join(root, 'README.md');
const { inputs, outputs } = parse(await readFile(join(root, 'action.yml'), 'utf8')) as Manifest;
const readme = await readFile(readmePath, 'utf8');
const updated = between('outputs', outputsTable(), between('inputs', inputsTable(), readme));

if (!process.argv.includes('--check')) {
  await writeFile(readmePath, updated);
} else if (updated !== readme) {
  console.error('The tables in README.md are not what action.yml says. Run "npm run readme" and commit it.');
  process.exitCode = 1;
} else {
  console.log('The tables in README.md are what action.yml says.');
}

function inputsTable(): string {
  const rows = Object.entries(inputs).map(([name, input]) => [
    `\`${name}\``,
    defaultOf(input),
    input.description,
  ]);
  return table(['Input', 'Default', 'Meaning'], rows);
}

function outputsTable(): string {
  const rows = Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]);
  return table(['Output', 'Meaning'], rows);
}

function defaultOf(input: Input): string {
  if (input.required) return 'required';
  return input.default === undefined ? '' : `\`${input.default}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

// A pipe ends a cell, also inside code.
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|');
}

/** Puts text between the two comments of this name. */
function between(name: string, text: string, document: string): string {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const start = document.indexOf(begin);
  const stop = document.indexOf(end, start);
  if (start < 0 || stop < 0) throw new Error(`README.md lacks ${begin} or ${end}`);
  return `${document.slice(0, start + begin.length)}\n${text}\n${document.slice(stop)}`;
}
