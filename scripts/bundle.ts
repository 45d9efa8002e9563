/** Bundles src/ into dist/: what the action runs, and what is committed. */
import { chmod, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build, type CodeSplittingOptions, type Plugin } from 'rolldown';
import { licensesOf } from './licenses.ts';

const root = join(import.meta.dirname, '..');

/** What is committed. */
export const distDirectory = join(root, 'dist');

interface LeftOut {
  /** What its path ends with. */
  readonly module: RegExp;
  readonly serves: string;
  /** Its code in the bundle, with the exports that are imported. */
  readonly instead: (refuse: string) => string;
}

/**
 * Parts of libraries that are loaded at once though nothing here uses them, each with what it is for. The loopback client
 * alone is half of MSAL's load time, through `node:http`; undici is a third of the cache client, which asks through
 * Node's own `https` and `tunnel`. The rest of each library is as it was published.
 */
const loopbackClient: LeftOut = {
  module: /@azure[\\/]msal-node[\\/]dist[\\/]network[\\/]LoopbackClient\.mjs$/,
  serves: 'sign-in by browser',
  instead: (refuse) => `export class LoopbackClient { constructor() { ${refuse} } }`,
};
const jsonWebToken: LeftOut = {
  module: /[\\/]jsonwebtoken[\\/]index\.js$/,
  serves: 'client assertions of confidential clients',
  instead: (refuse) => `export default { sign() { ${refuse} } };`,
};
export const undici: LeftOut = {
  module: /[\\/]undici[\\/]index\.js$/,
  serves: 'fetch through a proxy',
  instead: (refuse) => `export class ProxyAgent { constructor() { ${refuse} } }`,
};

/** Bundles, in place of each part left out, a module that throws when it is used. */
function without(...leftOut: readonly LeftOut[]): Plugin {
  return {
    name: 'without-unused-parts',
    load: {
      filter: { id: leftOut.map(({ module }) => module) },
      handler(id) {
        const part = leftOut.find(({ module }) => module.test(id));
        const message = JSON.stringify(`Not in this bundle: ${part?.serves ?? id}.`);
        return part?.instead(`throw new Error(${message});`);
      },
    },
  };
}

const builtinMark = '\0builtin:';

/**
 * Takes Node's own modules by `process.getBuiltinModule` instead of `import`. An import reads every export of the module
 * once, and some are loaded when they are read (`fs.promises`, all of Web Crypto): measured at 4 ms of 63. Each export is
 * a module of its own here, so that it is read by the file that uses it and by no other.
 * @see https://nodejs.org/docs/latest-v24.x/api/process.html#processgetbuiltinmoduleid
 */
export const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  resolveId(id, _importer, { kind }) {
    if (id.startsWith(builtinMark)) return id;
    // The bundler's own runtime imports node:module, before anything else is there.
    if (kind !== 'import-statement' || !isBuiltin(id) || id === 'node:module') return undefined;
    return `${builtinMark}${id.replace(/^node:/, '')}`;
  },
  load(id) {
    if (!id.startsWith(builtinMark)) return undefined;
    const [builtin = '', exported] = id.slice(builtinMark.length).split('#');
    const part = (name: string): string => JSON.stringify(`${builtinMark}${builtin}#${name}`);
    if (exported === '') return `export default process.getBuiltinModule('node:${builtin}');`;
    if (exported) return `import builtin from ${part('')}; export default builtin.${exported};`;

    const names = Object.keys(process.getBuiltinModule(builtin) ?? {}).filter((name) =>
      /^[a-z]\w*$/i.test(name),
    );
    return [
      `export { default } from ${part('')};`,
      ...names
        .filter((name) => name !== 'default')
        .map((name) => `export { default as ${name} } from ${part(name)};`),
    ].join('\n');
  },
};

/** Builds the bundle. What the directory held before is gone afterwards. */
export async function bundle(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  // One after the other, each for itself: a part that both share would be one more file that every run loads.
  const programs = [
    await bundleProgram('main', 'src/main.ts', directory, {
      leftOut: [loopbackClient, jsonWebToken],
      plugins: [lazyBuiltins],
      splitting: silentParts,
    }),
    await bundleProgram(
      'workflow-cache-child',
      'src/stores/workflow-cache/workflow-cache-child.ts',
      directory,
      {
        leftOut: [undici],
      },
    ),
    // In one file: others would bear the names of the action's.
    await bundleProgram('cli', 'src/cli.ts', directory, { leftOut: [jsonWebToken], splitting: false }),
  ];
  await chmod(join(directory, 'cli.js'), 0o755);
  await writeFile(join(directory, 'licenses.txt'), await licensesOf(programs.flat()));
}

/**
 * What a silent run always loads is in three files, the start, MSAL and what asks it. Left to itself the bundler makes a
 * file of whatever two parts share, and each file costs time.
 */
const silentParts: CodeSplittingOptions = {
  includeDependenciesRecursively: false,
  groups: [
    // Of the start, all but what is only read when a job summary is written.
    {
      name: 'main',
      tags: ['$initial'],
      test: (id) => !/[\\/]summary\.js$|fs#(constants|promises)$/.test(id),
    },
    {
      name: 'sign-in',
      test: /[\\/]@azure[\\/]msal-|[\\/]jsonwebtoken[\\/]|[\\/]src[\\/]((token|entra)[\\/](?!get-access-tokens|split-sign-in)|msal-cache[\\/]stored-account\.ts|http[\\/](retry-policy|transport)\.ts)/,
    },
    // Beginning and finishing a split sign-in are one file.
    {
      name: 'split-sign-in',
      test: /[\\/]src[\\/](action[\\/](begin-plan|finish-plan|pending-binding)|token[\\/]split-sign-in)\.ts/,
    },
  ],
};

interface ProgramOptions {
  readonly leftOut?: readonly LeftOut[];
  readonly plugins?: readonly Plugin[];
  /** What goes into which file; false for one file. */
  readonly splitting?: CodeSplittingOptions | false;
}

/**
 * Builds one program, and the parts that it loads later.
 * @returns the paths of the modules of which something is in the bundle
 */
export async function bundleProgram(
  name: string,
  source: string,
  directory: string,
  { leftOut = [], plugins = [], splitting }: ProgramOptions = {},
): Promise<string[]> {
  const { output } = await build({
    cwd: root,
    input: { [name]: source },
    platform: 'node',
    plugins: [...(leftOut.length > 0 ? [without(...leftOut)] : []), ...plugins],
    // What a module does only when it is loaded is dropped with it; measured to halve the start of the action.
    treeshake: { moduleSideEffects: false },
    // What the start shares with the parts loaded later stays in the first file.
    preserveEntrySignatures: 'allow-extension',
    output: {
      dir: directory,
      format: 'esm',
      minify: true,
      codeSplitting: splitting ?? true,
      entryFileNames: '[name].js',
      chunkFileNames: '[name].js',
      comments: { legal: true },
    },
  });
  const modules = output.flatMap((file) => (file.type === 'chunk' ? Object.entries(file.modules) : []));
  const isOthers = (path: string): boolean => !leftOut.some(({ module }) => module.test(path));
  return modules.filter(([path, { code }]) => code && isOthers(path)).map(([path]) => path);
}

if (import.meta.main) await bundle(distDirectory);
