import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import '../e2e/fresh-dist.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

test('The package holds the bundle, which runs alone, and no script that makes npm install more', async () => {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--offline'], {
    cwd: root,
    shell: process.platform === 'win32',
  });
  const [pack] = JSON.parse(stdout) as [{ readonly files: readonly { readonly path: string }[] }];
  const files = pack.files.map(({ path }) => path).sort();
  assert.deepEqual(files, ['LICENSE', 'README.md', 'dist/cli.js', 'package.json']);

  const folder = await mkdtemp(join(tmpdir(), 'entra-user-token-package-'));
  try {
    for (const file of files) await cp(join(root, file), join(folder, file), { recursive: true });
    const { bin, scripts } = await import(join(folder, 'package.json'), { with: { type: 'json' } }).then(
      ({ default: manifest }) => manifest as Record<'bin' | 'scripts', Record<string, string>>,
    );
    const program = join(folder, bin['entra-user-token'] ?? '');
    assert.match(
      (await run(process.execPath, [program, 'seed', '--help'])).stdout,
      /^Usage: entra-user-token seed/m,
    );
    // For a package from GitHub npm installs the development dependencies where one of these is there.
    for (const name of ['build', 'prepare', 'prepack', 'preinstall', 'install', 'postinstall'])
      assert.equal(scripts[name], undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('The program runs as a single file, with nothing beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'entra-user-token-file-'));
  try {
    const program = join(folder, 'cli.js');
    await cp(join(root, 'dist', 'cli.js'), program);
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };

    assert.deepEqual(await run(process.execPath, [program, '--version']), {
      stdout: `${version}\n`,
      stderr: '',
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
