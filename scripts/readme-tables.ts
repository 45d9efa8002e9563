/**
 * Writes what is generated: inputs and outputs into README.md, from action.yml, and the ratio of a silent run, from
 * bench/results.md; Entra's error codes into docs/troubleshooting.md, from the hints in the code. With `--check` it writes
 * nothing, and fails if a page is not what its source says.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Hint, hints } from '../src/entra/error-hints.ts';

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
const { inputs, outputs } = parse(await readFile(join(root, 'action.yml'), 'utf8')) as Manifest;

await keep('README.md', {
  inputs: inputsTable(),
  outputs: outputsTable(),
  benchmark: await benchmarkLine(),
});
await keep('docs/troubleshooting.md', { hints: hintsTable() });

/** Writes a page's tables, or with `--check` compares them. */
async function keep(path: string, tables: Readonly<Record<string, string>>): Promise<void> {
  const page = await readFile(join(root, path), 'utf8');
  const updated = Object.entries(tables).reduce(
    (text, [name, rows]) => between(name, rows, text, path),
    page,
  );
  if (!process.argv.includes('--check')) {
    await writeFile(join(root, path), updated);
  } else if (updated !== page) {
    console.error(
      `The tables in ${path} are not what their source says. Run "npm run readme" and commit it.`,
    );
    process.exitCode = 1;
  } else {
    console.log(`The tables in ${path} are what their source says.`);
  }
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

function hintsTable(): string {
  const rows = hints.map((hint) => [
    hint.codes.map((code) => `\`AADSTS${code}\``).join(', ') + (hint.says ? ', by its text' : ''),
    sentence(hint.means),
    adviceOf(hint),
    `\`${hint.errorCode ?? 'entra-refused'}\``,
  ]);
  return table(['Code', 'Meaning', 'What to do', '`error-code` of a sign-in'], rows);
}

// On the page there is no text below.
function adviceOf({ fix }: Hint): string {
  return sentence(fix.replace('the text below', 'the text in the message'));
}

/** The ratio of the fastest path, as the committed run of the benchmark measured it. */
async function benchmarkLine(): Promise<string> {
  const results = await readFile(join(root, 'bench/results.md'), 'utf8');
  const row =
    /^\| silent, from `token-cache` \| (\d+) \([^|]*\| `node`, empty script \| (\d+) \([^|]*\| ([\d.]+) /m.exec(
      results,
    );
  if (!row) throw new Error('bench/results.md does not have the silent run. Run "npm run bench".');
  const [, ours, floor, ratio] = row;
  return `A silent run takes ${ratio} times as long as Node.js with an empty script: ${ours} ms next to ${floor} ms, measured on the sandbox ([benchmark](bench/results.md)).`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
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
function between(name: string, text: string, page: string, path: string): string {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const start = page.indexOf(begin);
  const stop = page.indexOf(end, start);
  if (start < 0 || stop < 0) throw new Error(`${path} lacks ${begin} or ${end}`);
  return `${page.slice(0, start + begin.length)}\n${text}\n${page.slice(stop)}`;
}
