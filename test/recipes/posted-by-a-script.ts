import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Tokens } from 'marked';
import { marked } from 'marked';
import { parse } from 'yaml';
import { readPage } from '../docs/markdown-pages.ts';
import { workflowOn } from './recipe-page.ts';

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
}

/** The scripts on a page are for Linux, and use jq. */
export const canRunScripts =
  process.platform !== 'win32' && spawnSync('jq', ['--version']).error === undefined;

/** The scripts on a page that post to a chat. */
export function scriptsOn(page: string): { readonly teams: string; readonly slack: string } {
  const { jobs } = parse(workflowOn(page)) as Workflow;
  const teams = jobs['tell']?.steps[0]?.run ?? '';
  let slack = '';
  marked.walkTokens([...readPage(`docs/recipes/${page}`).tokens], (token) => {
    if (token.type === 'code' && (token as Tokens.Code).lang === 'sh') slack = (token as Tokens.Code).text;
  });
  return { teams, slack };
}

/** Runs a script whose curl keeps what it is given. */
export function postedBy(
  script: string,
  env: Readonly<Record<string, string>>,
): { readonly address: string; readonly body: string } {
  const folder = mkdtempSync(join(tmpdir(), 'entra-script-'));
  try {
    const curl = '#!/bin/sh\nfor last; do :; done\nprintf %s "$last" >"$KEPT/address"\ncat >"$KEPT/body"\n';
    writeFileSync(join(folder, 'curl'), curl, { mode: 0o755 });
    const { status, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
      env: { ...env, KEPT: folder, PATH: `${folder}${delimiter}${process.env['PATH']}` },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`The script ended with ${status}: ${stderr}`);
    return {
      address: readFileSync(join(folder, 'address'), 'utf8'),
      body: readFileSync(join(folder, 'body'), 'utf8'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
