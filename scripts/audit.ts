/**
 * Asks the registry for known vulnerabilities of the packages, those of tools/ too, and checks its signatures of
 * them. Fails on a finding. A registry that cannot be asked (a mirror, a machine without network) is no finding, but it
 * is told.
 */
import { execFile } from 'node:child_process';

export type Verdict =
  | { readonly kind: 'clean' }
  | { readonly kind: 'findings' }
  /** The registry refused, or was not reached. */
  | { readonly kind: 'not asked'; readonly reason: string }
  /** npm itself failed. */
  | { readonly kind: 'broken'; readonly reason: string };

// https://nodejs.org/docs/latest-v24.x/api/errors.html#common-system-errors
const outOfReach =
  /^(ENOTFOUND|EAI_AGAIN|ECONN\w+|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|E[45]\d\d)$/;

/**
 * Judges what `npm audit --json` or `npm audit signatures --json` printed.
 *
 * @see https://docs.npmjs.com/cli/v11/commands/npm-audit
 */
export function judge(exitCode: number, printed: string): Verdict {
  const report = parse(printed);
  if (report === undefined) return { kind: 'broken', reason: `npm ended with ${exitCode} and said nothing` };
  if (typeof report['error'] !== 'object') return { kind: exitCode === 0 ? 'clean' : 'findings' };
  const { code, summary } = report['error'] as { readonly code?: unknown; readonly summary?: unknown };
  const wasRefused = typeof report['statusCode'] === 'number' || outOfReach.test(String(code));
  const reason = String(summary || report['message'] || 'npm gives no reason');
  return { kind: wasRefused ? 'not asked' : 'broken', reason };
}

function parse(printed: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(printed) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

/** Runs npm, of which a script in package.json is part of. */
function npm(...args: readonly string[]): Promise<{ readonly exitCode: number; readonly printed: string }> {
  const program = process.env['npm_execpath'];
  if (!program) throw new Error('Run this by "npm run audit".');
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { maxBuffer: 2 ** 26 }, (error, printed) =>
      resolve({ exitCode: error ? Number(error.code) : 0, printed }),
    );
  });
}

if (import.meta.main) {
  const folders = ['', 'tools/imports/', 'tools/mutation/'];
  const commands = [['audit'], ['audit', 'signatures']];
  for (const [folder, command] of folders.flatMap((folder) =>
    commands.map((command) => [folder, command] as const),
  )) {
    const title = `npm ${command.join(' ')} (${folder}package.json)`;
    const { exitCode, printed } = await npm(
      ...command,
      '--prefix',
      `./${folder}`,
      '--json',
      '--fetch-retries=1',
    );
    const verdict = judge(exitCode, printed);
    if (verdict.kind === 'clean') console.log(`${title}: nothing was found.`);
    if (verdict.kind === 'not asked') {
      console.log(`!! NOT CHECKED: ${title}. The registry could not be asked: ${verdict.reason}`);
      if (process.env['GITHUB_ACTIONS']) console.log(`::warning::${title} could not be done.`);
    }
    if (verdict.kind === 'broken') {
      console.error(`${title} does not work: ${verdict.reason}`);
      process.exitCode = 1;
    }
    if (verdict.kind === 'findings') {
      console.error(`${title} found something:\n${printed}`);
      process.exitCode = 1;
    }
  }
}
