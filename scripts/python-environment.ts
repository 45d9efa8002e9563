/** Makes the virtual environment in which the interop tests run MSAL Python, where it is not there yet. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const requirements = join(root, 'test', 'interop', 'requirements.txt');

/** Where neither git nor the linter looks, and where `npm ci` clears up. */
const environment = join(root, 'node_modules', '.python');
const installed = join(environment, 'installed.txt');

/** The environment's Python. */
export const python = join(
  environment,
  ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
);

function isUpToDate(): boolean {
  return existsSync(installed) && readFileSync(installed).equals(readFileSync(requirements));
}

function make(): void {
  const systemPython = process.platform === 'win32' ? 'python' : 'python3';
  rmSync(environment, { recursive: true, force: true });
  run(systemPython, ['-m', 'venv', environment]);
  const quietly = ['--quiet', '--disable-pip-version-check', '--no-input', '--only-binary', ':all:'];
  run(python, ['-m', 'pip', 'install', ...quietly, '--requirement', requirements]);
  copyFileSync(requirements, installed);
}

function run(program: string, parameters: readonly string[]): void {
  const { status, error } = spawnSync(program, parameters, { stdio: 'inherit' });
  if (error || status !== 0) {
    throw new Error(
      `The interop tests need Python 3 with its module venv, and PyPI: "${program} ${parameters.slice(0, 3).join(' ')}" ${error ? `could not be started (${error.message})` : `ended with ${status}`}.`,
    );
  }
}

if (import.meta.main && !isUpToDate()) make();
