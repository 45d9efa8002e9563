import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { licensesOf } from '../../../scripts/licenses.ts';

const folder = await mkdtemp(join(tmpdir(), 'licenses-'));
after(() => rm(folder, { recursive: true }));

/** Returns the path of a module of the package. */
async function install(
  name: string,
  license: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const place = join(folder, 'node_modules', name);
  await mkdir(place, { recursive: true });
  const description = JSON.stringify({ name, version: '1.0.0', license, author: 'Alice Example' });
  for (const [file, text] of Object.entries({ ...files, 'package.json': description })) {
    await writeFile(join(place, file), text);
  }
  return join(place, 'dist', 'index.js');
}

test('each package is there once, in the order of names, with its own text', async () => {
  const zebra = await install('zebra', 'ISC', { LICENSE: 'Text of zebra\r\nin two lines\r\n' });
  const bear = await install('@forest/bear', 'MIT', {
    'license.md': 'Text of bear',
    NOTICE: 'Notice of bear',
  });
  const text = await licensesOf([zebra, bear, `${zebra}.other.js`, join(folder, 'src/main.ts'), '\0runtime']);
  assert.equal(
    text,
    `@forest/bear 1.0.0 (MIT)\n\nNotice of bear\n\nText of bear\n\n${'-'.repeat(80)}\n\nzebra 1.0.0 (ISC)\n\nText of zebra\nin two lines\n`,
  );
});

test('a package that forgot the text of the MIT licence gets it, with its author', async () => {
  const text = await licensesOf([await install('forgetful', 'MIT', {})]);
  assert.match(text, /^forgetful 1\.0\.0 \(MIT\)$/m);
  assert.match(text, /^Copyright \(c\) Alice Example$/m);
  assert.match(text, /^Permission is hereby granted, free of charge/m);
});

test('any other package without a text is refused', async () => {
  await assert.rejects(
    licensesOf([await install('secretive', 'Apache-2.0', {})]),
    /secretive comes without the text/,
  );
});
