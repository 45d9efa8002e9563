import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { allPages, root } from './markdown-pages.ts';

const images = join(root, 'docs/images');

test('Each rendered picture has a light and a dark form', () => {
  const light = readdirSync(images).filter((name) => name.endsWith('.png') && !name.endsWith('-dark.png'));
  assert.ok(light.length > 3);
  for (const name of light) assert.ok(existsSync(join(images, name.replace('.png', '-dark.png'))), name);
});

test('Each page shows the dark form of a picture to dark systems, and says that the sandbox rendered it', () => {
  const shown = allPages().flatMap(({ path }) => {
    const text = readFileSync(join(root, path), 'utf8');
    return [...text.matchAll(/[\w./-]+\/([\w-]+)\.png/g)].map(([, name = '']) => ({ path, text, name }));
  });
  assert.ok(shown.length > 4);
  for (const { path, text, name } of shown) {
    const light = name.replace(/-dark$/, '');
    const picture = new RegExp(
      `<picture><source media="\\(prefers-color-scheme: dark\\)" srcset="[\\w/]*images/${light}-dark\\.png"><img src="[\\w/]*images/${light}\\.png"`,
    );
    assert.match(text, picture, `${path}: ${name}`);
    assert.match(text, /^\*Pictures?: rendered by the sandbox\.\*$/m, path);
  }
});
