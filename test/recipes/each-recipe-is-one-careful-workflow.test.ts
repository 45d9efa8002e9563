import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { parse } from 'yaml';
import { readWorkflow } from '../../sandbox/workflow/workflow.ts';
import { linksOf, readPage, root } from '../docs/markdown-pages.ts';
import { recipePages, workflowOn } from './recipe-page.ts';

type Texts = Readonly<Record<string, string>>;

interface Step {
  readonly run?: string;
  readonly env?: Texts;
}

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly env?: Texts;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions?: object;
  readonly concurrency?: object;
  readonly env?: Texts;
  readonly jobs: Readonly<Record<string, Job>>;
}

const recipes = recipePages().map((page) => ({ page, text: workflowOn(page) }));

for (const { page, text } of recipes) {
  const workflow = parse(text) as Workflow;
  const jobs = Object.values(workflow.jobs);

  test(`GitHub's parser takes the workflow on ${page}`, async () => {
    const { jobs: read, events } = await readWorkflow(page, text);
    assert.equal(read.length, jobs.length);
    assert.deepEqual(events.toSorted(), ['schedule', 'workflow_dispatch']);
  });

  test(`The workflow on ${page} has least permissions, time limits, and no runs that race`, () => {
    assert.deepEqual(workflow.permissions, {});
    assert.ok(workflow.concurrency);
    for (const job of jobs) assert.ok((job['timeout-minutes'] ?? 999) <= 30);
  });

  test(`The workflow on ${page} pins actions of others to a commit, and says which version that is`, () => {
    for (const [, action = ''] of text.matchAll(/uses: (.+)$/gm)) {
      assert.match(action, /^OWNER\/entra-user-token@v1$|^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test(`Scripts on ${page} hold no expression, and read no variable that they are not given`, () => {
    for (const job of jobs) {
      for (const { run = '', env = {} } of job.steps) {
        assert.doesNotMatch(run, /\$\{\{/);
        const given = { ...workflow.env, ...job.env, ...env };
        for (const name of variablesIn(run))
          assert.ok(name in given || name === 'GITHUB_OUTPUT', `${page}: ${name}`);
        for (const name of Object.keys(env)) assert.ok(run.includes(name) || name.startsWith('GH_'), name);
      }
    }
  });
}

test('The index links each recipe, and each is run by a test', () => {
  const pages = recipePages().toSorted();
  assert.deepEqual(linksOf(readPage('docs/recipes/README.md')).toSorted(), pages);
  const folder = join(root, 'test/recipes');
  const tests = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const isRun = (page: string) => tests.some((code) => code.includes(`recipe(\n  '${page}',`));
  assert.deepEqual(
    pages.filter((page) => !isRun(page)),
    [],
  );
});

/** Environment variables that a script reads: in upper case, and not set by itself. */
function variablesIn(script: string): readonly string[] {
  const read = /\$\{?([A-Z][A-Z0-9_]+)|\$ENV\.(\w+)|os\.environ\['(\w+)'\]/g;
  return [...script.matchAll(read)]
    .map(([, shell, jq, python]) => jq ?? python ?? shell ?? '')
    .filter((name) => name !== 'ENV');
}
