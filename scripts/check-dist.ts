/** Checks that the committed dist/ is what src/ makes, byte for byte. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, distDirectory } from './bundle.ts';
import { rememberFreshDist } from './fresh-dist.ts';

const temporary = await mkdtemp(join(tmpdir(), 'entra-user-token-dist-'));
try {
  const built = join(temporary, 'dist');
  await bundle(built);
  const differences = await compare(distDirectory, built);
  for (const difference of differences) console.error(`dist/${difference}`);
  if (differences.length > 0) {
    console.error('dist/ is not what src/ makes. Run "npm run bundle" and commit the result.');
    process.exitCode = 1;
  } else {
    rememberFreshDist();
    console.log('dist/ is what src/ makes.');
  }
} finally {
  await rm(temporary, { recursive: true, force: true });
}

/** One line for each file that is not the same in both. */
async function compare(committed: string, built: string): Promise<string[]> {
  const [before, after] = await Promise.all([contents(committed), contents(built)]);
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const old = before.get(name);
    const now = after.get(name);
    if (!old) return [`${name}: is missing`];
    if (!now) return [`${name}: is no longer made`];
    return old.equals(now) ? [] : [`${name}: differs`];
  });
}

/** Every file below a directory; none when there is no directory. */
async function contents(directory: string): Promise<Map<string, Buffer>> {
  const names = await readdir(directory, { recursive: true, withFileTypes: true }).catch(nothingThere);
  const files = names.filter((entry) => !entry.isDirectory());
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }): Promise<[string, Buffer]> => {
        const path = join(parentPath, name);
        return [path.slice(directory.length + 1).replaceAll('\\', '/'), await readFile(path)];
      }),
    ),
  );
}

function nothingThere(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
