/** Who may import what, in the whole repository. `npm run imports` checks it. Type-only and dynamic imports count. */

// A part, and the parts that it may import besides itself. Each part of src/ may import src/text and src/* too, the
// files right in src/. test/ may import all parts.
const parts = [
  ['src/main.ts', 'src/action'],
  ['src/cli.ts', 'src/command-line'],
  ['src/action', 'src/token src/stores src/sealing src/msal-cache src/entra src/http'],
  ['src/command-line', 'src/token src/stores src/sealing src/msal-cache src/entra src/http package.json'],
  ['src/token', 'src/msal-cache src/entra src/http'],
  ['src/stores', 'src/sealing src/msal-cache src/entra src/http'],
  ['src/sealing', 'src/msal-cache'],
  ['src/msal-cache', 'src/entra'],
  ['src/entra', 'src/http'],
  ['src/http', ''],
  ['src/text', ''],
  ['src/*', ''],
  ['sandbox', ''],
  ['tools', ''],
  ['scripts', 'sandbox test src/entra'],
  ['bench', 'sandbox test scripts src/stores src/sealing src/msal-cache src/entra'],
];

// A package, and the only part of src/ that may import it. Without a row, src/ may not import it at all.
const packages = [
  ['@actions/core', 'src/action'],
  ['@azure/msal-node', 'src/token'],
  ['@actions/cache', 'src/stores/workflow-cache'],
  ['@noble/ciphers', 'src/stores/actions-secret'],
  ['@noble/hashes', 'src/stores/actions-secret'],
  ['jose', 'src/sealing'],
  ['proxy-from-env', 'src/http'],
];

const others = [
  ['no circles', {}, { circular: true }],
  ['entries are imported by nothing', {}, { path: '^src/(main|cli)\\.ts$' }],
  [
    'the companion runs without the runner',
    { path: '^src/(cli\\.ts$|command-line/)' },
    { path: '(^|/)node_modules/@actions/', reachable: true },
  ],
  ['a store does not know another', { path: '^src/stores/([^/]+)/' }, { path: '^src/stores/(?!$1/)[^/]+/' }],
  // The peers that bench/ measures are installed when they are measured.
  ['each import leads somewhere', { pathNot: '^bench/peers/' }, { couldNotResolve: true }],
];

const pathOf = (part) => {
  if (part === 'src/*') return '^src/(?!(main|cli)\\.ts)[^/]+$';
  return /\.(ts|json)$/.test(part) ? `^${part.replace('.', '\\.')}$` : `^${part}/`;
};
const list = (words) => words.split(' ').filter((word) => word !== '');
const folderOf = (name) => `(^|/)node_modules/${name}/`;
const ofTheRepository = { dependencyTypesNot: ['core', 'unknown'] };
const notOfTheRepository = '(^|/)node_modules/';

const rules = [
  ...parts.map(([part, below]) => {
    const allowed = [part, ...list(below), ...list(part.startsWith('src/') ? 'src/text src/*' : '')];
    return [
      part,
      { path: pathOf(part) },
      { ...ofTheRepository, pathNot: [notOfTheRepository, ...allowed.map(pathOf)] },
      `May import, of this repository: ${[...new Set(allowed)].join(', ')}.`,
    ];
  }),
  [
    'each part has a row',
    { pathNot: [notOfTheRepository, '^test/', ...parts.map(([part]) => pathOf(part))] },
    {},
  ],
  ...packages.map(([name, part]) => [
    name,
    { path: '^src/', pathNot: pathOf(part) },
    { path: folderOf(name) },
    `Of src/, only ${part} may import it.`,
  ]),
  [
    'each package of src has a row',
    { path: '^src/' },
    { path: notOfTheRepository, pathNot: packages.map(([name]) => folderOf(name)) },
  ],
  ...others,
];

export default {
  forbidden: rules.map(([name, from, to, comment = '']) => ({ name, comment, severity: 'error', from, to })),
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: '(^|/)node_modules/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'default'] },
  },
};
