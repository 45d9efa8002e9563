/** Bundles src/ into dist/: what the action runs, and what is committed. */
import { chmod, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build, type Plugin } from 'rolldown';
import { licensesOf } from './licenses.ts';

const root = join(import.meta.dirname, '..');

/** What is committed. */
export const distDirectory = join(root, 'dist');

interface LeftOut {
  /** What its path ends with. */
  readonly module: RegExp;
  readonly serves: string;
}

/**
 * Parts of MSAL Node that are loaded at once though only other kinds of application use them, each with what it is for.
 * The loopback client alone is half of MSAL's load time, through `node:http`. The rest of MSAL is as it was published.
 */
const loopbackClient: LeftOut = {
  module: /@azure[\\/]msal-node[\\/]dist[\\/]network[\\/]LoopbackClient\.mjs$/,
  serves: 'sign-in by browser',
};
const jsonWebToken: LeftOut = {
  module: /[\\/]jsonwebtoken[\\/]index\.js$/,
  serves: 'client assertions of confidential clients',
};

/** Bundles, in place of each part left out, a module with the same exports that throws when it is used. */
function without(leftOut: readonly LeftOut[]): Plugin {
  return {
    name: 'without-unused-parts',
    load: {
      filter: { id: leftOut.map(({ module }) => module) },
      handler(id) {
        const part = leftOut.find(({ module }) => module.test(id));
        const message = JSON.stringify(`Not in this bundle: ${part?.serves ?? id}.`);
        return `export class LoopbackClient { constructor() { throw new Error(${message}); } }
        export default { sign: () => { throw new Error(${message}); } };`;
      },
    },
  };
}

const builtinMark = '\0builtin:';

/**
 * Takes Node's own modules by `process.getBuiltinModule` instead of `import`. An import reads every export of the module
 * once, and some are loaded when they are read (`fs.promises`, all of Web Crypto): measured at 4 ms of 63.
 * @see https://nodejs.org/docs/latest-v24.x/api/process.html#processgetbuiltinmoduleid
 */
const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  resolveId(id, _importer, { kind }) {
    // The bundler's own runtime imports node:module, before anything else is there.
    if (kind !== 'import-statement' || !isBuiltin(id) || id === 'node:module') return undefined;
    return `${builtinMark}${id.replace(/^node:/, '')}`;
  },
  load(id) {
    if (!id.startsWith(builtinMark)) return undefined;
    const builtin = `node:${id.slice(builtinMark.length)}`;
    const names = Object.keys(process.getBuiltinModule(builtin) ?? {});
    // The ones that nobody imports are dropped again.
    const exported = names.filter((name) => /^[A-Za-z]\w*$/.test(name) && name !== 'default');
    return [
      `const $builtin = process.getBuiltinModule('${builtin}');`,
      'const $read = (name) => $builtin[name];',
      'export default $builtin;',
      ...exported.map((name) => `export const ${name} = /* @__PURE__ */ $read('${name}');`),
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
    }),
    await bundleProgram('workflow-cache-child', 'src/cache/workflow-cache-child.ts', directory),
    await bundleProgram('cli', 'src/cli.ts', directory, { leftOut: [jsonWebToken], inOneFile: true }),
  ];
  await chmod(join(directory, 'cli.js'), 0o755);
  await writeFile(join(directory, 'licenses.txt'), await licensesOf(programs.flat()));
}

interface ProgramOptions {
  readonly leftOut?: readonly LeftOut[];
  readonly plugins?: readonly Plugin[];
  readonly inOneFile?: boolean;
}

/** @returns the paths of the modules of which something is in the bundle */
async function bundleProgram(
  name: string,
  source: string,
  directory: string,
  { leftOut = [], plugins = [], inOneFile = false }: ProgramOptions = {},
): Promise<string[]> {
  const { output } = await build({
    cwd: root,
    input: { [name]: source },
    platform: 'node',
    plugins: [...(leftOut.length > 0 ? [without(leftOut)] : []), ...plugins],
    // What a module does only when it is loaded is dropped with it; measured to halve the start of the action.
    treeshake: { moduleSideEffects: false },
    // What the start shares with the parts loaded later stays in the first file.
    preserveEntrySignatures: 'allow-extension',
    output: {
      dir: directory,
      format: 'esm',
      minify: true,
      // Files of its own would bear the names of the action's.
      ...(inOneFile && { codeSplitting: false }),
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
