import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cruise } from '../../tools/imports/cruise.ts';
import { PlantedTree } from './planted-tree.ts';

/** Gives dependency-cruiser the TypeScript of this repository, of version 7, which it cannot use. */
const withTypeScript7 = `--import=data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  const found = ${JSON.stringify({
    typescript: import.meta.resolve('typescript'),
    'typescript/package.json': import.meta.resolve('typescript/package.json'),
  })};
  registerHooks({
    resolve: (name, context, next) => found[name] ? { url: found[name], shortCircuit: true } : next(name, context),
  });
`)}`;

test('Where dependency-cruiser has no TypeScript that it can use, no source file counts as read', () => {
  using tree = new PlantedTree();
  tree.plant('import', 'src/text/a.ts', 'src/http/b.ts');
  tree.provide('src/http/b.ts');
  tree.write('scripts/c.mts', '');
  const files = ['scripts/c.mts', 'src/http/b.ts', 'src/text/a.ts'];

  const usual = cruise(tree.root);
  assert.deepEqual(usual.read.toSorted(), files);
  assert.equal(usual.refused.length, 1);

  const blind = cruise(tree.root, { ...process.env, NODE_OPTIONS: withTypeScript7 });
  assert.deepEqual(blind.refused, []);
  assert.deepEqual(blind.unread.toSorted(), files);
});
