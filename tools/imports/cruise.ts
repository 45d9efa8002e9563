/** Looks up, by dependency-cruiser, which imports of a tree of source files the rules refuse. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** An import that a rule refuses. */
export interface RefusedImport {
  /** As `rules.mjs` has it. */
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  /** The files on the way from there to here; empty for an import that is refused by itself. */
  readonly way: readonly string[];
  /** What the rule says of it; may be empty. */
  readonly comment: string;
}

export interface Cruise {
  readonly refused: readonly RefusedImport[];
  readonly rules: readonly string[];
  /** All source files that were read. */
  readonly read: readonly string[];
  /** Source files that were not read. Where there is one, it means nothing that no import is refused. */
  readonly unread: readonly string[];
}

/** What of dependency-cruiser's output is used here. */
interface Output {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
      readonly cycle?: readonly { readonly name: string }[];
      readonly via?: readonly { readonly name: string }[];
    }[];
    readonly ruleSetUsed: {
      readonly forbidden: readonly { readonly name: string; readonly comment?: string }[];
    };
  };
}

const cruiser = join(import.meta.dirname, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const rules = join(import.meta.dirname, 'rules.mjs');

/**
 * Reads all source files below a folder, but for hidden folders, `dist` and `node_modules`.
 * @param environment of the process that reads them
 * @throws when dependency-cruiser does not work
 */
export function cruise(root: string, environment: NodeJS.ProcessEnv = process.env): Cruise {
  if (!existsSync(cruiser))
    throw new Error(
      'dependency-cruiser is not installed in tools/imports. Run "npm run imports", which installs it.',
    );
  const files = sourceFiles(root);
  const folders = [...new Set(files.map((file) => file.split('/')[0] ?? file))];
  const { stdout, stderr, error } = spawnSync(
    process.execPath,
    [cruiser, '--config', rules, '--output-type', 'json', ...folders],
    { cwd: root, env: environment, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  // Its exit code is the number of refused imports.
  if (error || !stdout.startsWith('{'))
    throw new Error(`dependency-cruiser does not work: ${error ?? stderr}`);
  const { modules, summary } = JSON.parse(stdout) as Output;
  const read = modules.map(({ source }) => source).filter((source) => files.includes(source));
  const comments = new Map(summary.ruleSetUsed.forbidden.map(({ name, comment = '' }) => [name, comment]));
  return {
    refused: summary.violations.map(({ rule, from, to, cycle, via }) => ({
      rule: rule.name,
      from,
      to,
      way: (cycle ?? via ?? []).map(({ name }) => name),
      comment: comments.get(rule.name) ?? '',
    })),
    rules: [...comments.keys()],
    read,
    unread: files.filter((file) => !read.includes(file)),
  };
}

function sourceFiles(root: string, folder = ''): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      const isLeftOut = entry.name.startsWith('.') || entry.name === 'node_modules' || path === 'dist';
      return isLeftOut ? [] : sourceFiles(root, path);
    }
    return /\.[cm]?[jt]sx?$/.test(entry.name) ? [path] : [];
  });
}
