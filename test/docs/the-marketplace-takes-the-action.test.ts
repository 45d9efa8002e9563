import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { parse } from 'yaml';
import { root } from './markdown-pages.ts';

const { name, description, branding } = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
  readonly name: string;
  readonly description: string;
  readonly branding: { readonly icon: string; readonly color: string };
};

test('The description of action.yml has at most 124 characters, as the marketplace demands', () => {
  assert.ok(description.length > 0 && description.length <= 124, `${description.length} characters`);
});

test('action.yml has a name, an icon and a color, as the marketplace demands', () => {
  assert.ok(name);
  assert.ok(branding.icon);
  assert.ok(branding.color);
});
