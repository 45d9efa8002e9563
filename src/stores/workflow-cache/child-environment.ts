import { delimiter, resolve, win32 } from 'node:path';

/** Variables that make Node, or a library, print what it does, or leave certificates unchecked. */
const dropped = new Set([
  'DEBUG',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'NODE_V8_COVERAGE',
]);

const certificateFiles = new Set(['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']);

/**
 * The environment without the inputs of the step, among which are secrets, and without what would print secrets or leave
 * certificates unchecked. On Windows names count in any case, and of two that differ in case alone only one arrives: so
 * those that are set here are dropped in every case. The child works in another folder: relative paths of certificates are
 * made absolute.
 */
export function childEnvironment(environment: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  const own = { GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder };
  const inherited = Object.entries(environment).flatMap(([name, value = '']) => {
    const upper = name.toUpperCase();
    if (upper.startsWith('INPUT_') || upper in own || dropped.has(upper)) return [];
    if (certificateFiles.has(upper)) return [[name, absolute(value)] as const];
    if (upper === 'SSL_CERT_DIR') return [[name, absoluteFolders(value)] as const];
    if (upper !== 'NODE_OPTIONS') return [[name, value] as const];
    const options = keptOptions(value);
    return options ? [[name, options] as const] : [];
  });
  return { ...Object.fromEntries(inherited), ...own };
}

/** An empty path is none, and stays so. A path with a drive is absolute wherever this runs. */
function absolute(path: string): string {
  return path === '' || win32.isAbsolute(path) ? path : resolve(path);
}

/** Of a list of folders, as OpenSSL takes it, each one absolute. */
function absoluteFolders(list: string): string {
  const folders = list.split(delimiter).map(absolute);
  return folders.join(delimiter);
}

// Where trusted certificates come from, and how much memory there is. All take a value behind "=", if any.
const kept =
  /^--(?:(?:no-)?use-(?:system|openssl|bundled)-ca(?:=(?:true|false))?|max-(?:old-space-size|old-space-size-percentage|semi-space-size|heap-size)=[\d.]+)$/;

/** Of the options in NODE_OPTIONS those for certificates and memory: others load code into the process, or print. */
function keptOptions(text: string): string {
  return optionsIn(text)
    .map((option) => option.replace(/^[^=]+/, (name) => name.replaceAll('_', '-')))
    .filter((option) => kept.test(option))
    .join(' ');
}

/**
 * Options are apart by spaces, but for those in double quotes, in which a backslash takes the next character as it is.
 * @see https://nodejs.org/docs/latest-v24.x/api/cli.html#node_optionsoptions
 */
function optionsIn(text: string): readonly string[] {
  const options = text.match(/(?:"(?:\\.|[^"\\])*"|[^" ])+/gs) ?? [];
  return options.map((option) =>
    option.replace(/"((?:\\.|[^"\\])*)"/gs, (_, quoted: string) => quoted.replace(/\\(.)/gs, '$1')),
  );
}
