import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import test from 'node:test';
import { marked, type Tokens } from 'marked';
import { parse } from 'yaml';
import { readPage, root } from './markdown-pages.ts';

interface Workflow {
  readonly jobs: {
    readonly check: { readonly steps: readonly { readonly name?: string; readonly run?: string }[] };
  };
}

const left = new Set(['node_modules', '.git', '.tools', 'coverage']);
const skip = process.platform === 'win32' && 'the commands are for a Unix shell';

test('The release refuses the placeholder for the owner, until the command of CONTRIBUTING.md has run', {
  skip,
}, () => {
  const copy = mkdtempSync(join(tmpdir(), 'entra-owner-'));
  try {
    cpSync(root, copy, { recursive: true, filter: (path) => !left.has(basename(path)) });
    inShell('git init --quiet && git add --all', copy);
    const refused = inShell(releaseCheck(), copy);
    assert.equal(refused.status, 1);
    assert.match(refused.stdout, /^::error::.*CONTRIBUTING\.md/m);

    assert.equal(inShell(replacement(), copy).status, 0);
    assert.equal(inShell(releaseCheck(), copy).status, 0);
    assert.match(readFileSync(join(copy, 'README.md'), 'utf8'), /uses: contoso\/entra-user-token@v1/);
    assert.match(readFileSync(join(copy, '.github/CODEOWNERS'), 'utf8'), /^\* @contoso$/m);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

function releaseCheck(): string {
  const { jobs } = parse(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8')) as Workflow;
  const step = jobs.check.steps.find(({ name }) => name === 'Refuse the placeholder for the owner');
  return step?.run ?? '';
}

function replacement(): string {
  let command = '';
  marked.walkTokens([...readPage('CONTRIBUTING.md').tokens], (token) => {
    if (token.type === 'code' && (token as Tokens.Code).text.includes('perl'))
      command = (token as Tokens.Code).text;
  });
  return command;
}

function inShell(script: string, folder: string) {
  return spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd: folder, encoding: 'utf8' });
}
