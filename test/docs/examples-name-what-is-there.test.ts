import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { Token, Tokens } from 'marked';
import { parse } from 'yaml';
import { allPages, root } from './markdown-pages.ts';

interface Manifest {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly jobs?: Readonly<Record<string, { readonly steps?: readonly Step[] }>>;
}

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Manifest;
const examples = allPages().flatMap((page) => yamlIn(page.tokens).map((text) => ({ path: page.path, text })));
const workflows = examples.filter(({ text }) => /^jobs:/m.test(text));

test('Each workflow on a page is YAML, and gives this action only inputs that it has', () => {
  assert.ok(workflows.length > 0);
  for (const { path, text } of workflows) {
    for (const step of ourStepsIn(text)) {
      for (const input of Object.keys(step.with ?? {}))
        assert.ok(input in action.inputs, `${path}: ${input}`);
    }
  }
});

test('Each output that a workflow on a page takes from this action is one that it has', () => {
  for (const { path, text } of workflows) {
    const ids = ourStepsIn(text).flatMap(({ id }) => (id === undefined ? [] : [id]));
    for (const [, id = '', output = ''] of text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
      if (ids.includes(id)) assert.ok(output in action.outputs, `${path}: ${output}`);
    }
  }
});

function ourStepsIn(workflow: string): readonly Step[] {
  return Object.values((parse(workflow) as Workflow).jobs ?? {})
    .flatMap(({ steps = [] }) => steps)
    .filter(({ uses }) => uses?.includes('/entra-user-token@'));
}

function yamlIn(tokens: readonly Token[]): readonly string[] {
  return tokens
    .filter((token): token is Tokens.Code => token.type === 'code')
    .filter(({ lang }) => lang === 'yaml')
    .map(({ text }) => text);
}
