import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Cruise, cruise, type RefusedImport } from '../../tools/imports/cruise.ts';
import { forms, PlantedTree } from './planted-tree.ts';

/** A part, and parts that it may not import: above it, or beside it. */
const refusedParts: Readonly<Record<string, string>> = {
  'src/main.ts': 'src/command-line',
  'src/cli.ts': 'src/action',
  'src/action': 'src/command-line sandbox test scripts bench tools',
  'src/command-line': 'src/action sandbox test scripts bench tools',
  'src/token': 'src/stores src/sealing src/action src/command-line sandbox test scripts bench tools',
  'src/stores': 'src/token src/action src/command-line sandbox test scripts bench tools',
  'src/sealing': 'src/stores src/token src/entra src/http src/action src/command-line sandbox test',
  'src/msal-cache': 'src/sealing src/stores src/token src/http src/action src/command-line sandbox test',
  'src/entra': 'src/msal-cache src/sealing src/stores src/token src/action src/command-line sandbox test',
  'src/http': 'src/entra src/msal-cache src/sealing src/stores src/token src/action src/command-line sandbox',
  'src/text': 'src/http src/entra src/msal-cache src/sealing src/stores src/token src/action sandbox test',
  'src/*': 'src/http src/entra src/msal-cache src/sealing src/stores src/token src/action sandbox test',
  sandbox: 'src/text src/token test scripts bench tools',
  scripts: 'src/text src/token src/action src/stores bench tools',
  bench: 'src/text src/token src/action src/http tools',
  tools: 'src/text sandbox test scripts bench',
};

/** A package, and a part of src/ that may not import it. */
const refusedPackages: Readonly<Record<string, string>> = {
  '@actions/core': 'src/token',
  '@azure/msal-node': 'src/entra',
  '@actions/cache': 'src/stores/token-cache',
  '@noble/ciphers': 'src/sealing',
  '@noble/hashes': 'src/stores/workflow-cache',
  jose: 'src/stores',
  'proxy-from-env': 'src/action',
};

/** The other rules: a part, and what it may not import. */
const refusedImports: readonly (readonly [rule: string, part: string, to: string])[] = [
  ['entries are imported by nothing', 'test', 'src/main.ts'],
  ['entries are imported by nothing', 'test', 'src/cli.ts'],
  ['the companion runs without the runner', 'src/command-line', 'src/stores/workflow-cache/library.ts'],
  ['a store does not know another', 'src/stores/actions-secret', 'src/stores/token-cache/imported.ts'],
  ['each part has a row', 'src/new-part', 'src/text/imported.ts'],
  ['each package of src has a row', 'src/text', 'left-pad'],
  ['@actions/cache', 'src/http', 'node_modules/@actions/cache/index.js'],
  ['each import leads somewhere', 'sandbox', 'not-installed'],
];

interface Planted {
  readonly rule: string;
  readonly form: string;
  /** The file with the import. */
  readonly importer: string;
  readonly to: string;
}

const circles: readonly Planted[] = Object.keys(forms).map((form) => ({
  rule: 'no circles',
  form,
  importer: `src/text/circle-by-${form}.ts`,
  to: `src/text/way-back-of-${form}.ts`,
}));

const planted: readonly Planted[] = [
  ...circles,
  ...refusedImports.flatMap(([rule, part, to]) => inEachForm(rule, part, to)),
  ...Object.entries(refusedPackages).flatMap(([name, part]) => inEachForm(name, part, name)),
  ...Object.entries(refusedParts).flatMap(([part, others]) =>
    others.split(' ').flatMap((other) => inEachForm(part, part, `${other}/imported.ts`)),
  ),
];

/** An import, once in each form; once at all where the part is a single file. */
function inEachForm(rule: string, part: string, to: string): readonly Planted[] {
  if (part.endsWith('.ts')) return [{ rule, form: 'import', importer: part, to }];
  const name = to.replace(/\W+/g, '-');
  return Object.keys(forms).map((form) => ({
    rule,
    form,
    importer: `${part.replace('/*', '')}/${form}-of-${name}.ts`,
    to,
  }));
}

function cruisePlanted(): Cruise {
  using tree = new PlantedTree();
  for (const { to } of planted) if (to !== 'not-installed') tree.provide(to);
  tree.plant('import', 'src/stores/workflow-cache/library.ts', '@actions/cache');
  for (const { form, importer, to } of planted) tree.plant(form, importer, to);
  for (const { importer, to } of circles) tree.plant('import-type', to, importer);
  return cruise(tree.root);
}

const { refused, rules, unread } = cruisePlanted();

for (const rule of new Set(planted.map((one) => one.rule))) {
  test(`The rule "${rule}" refuses what it names, in every form of an import`, () => {
    const files = refused.filter((one) => one.rule === rule).flatMap(({ from, way }) => [from, ...way]);
    const importers = planted.filter((one) => one.rule === rule).map(({ importer }) => importer);
    assert.deepEqual(
      importers.filter((importer) => !files.includes(importer)),
      [],
    );
  });
}

test('No rule refuses anything else, and each rule is broken here', () => {
  const isPlanted = ({ rule, from, way }: RefusedImport): boolean =>
    planted.some((one) => one.rule === rule && [from, ...way].includes(one.importer));
  assert.deepEqual(
    refused.filter((one) => !isPlanted(one)),
    [],
  );
  assert.deepEqual(
    rules.filter((rule) => !planted.some((one) => one.rule === rule)),
    [],
  );
  assert.deepEqual(unread, []);
});
