import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { readActionManifest } from '../../../sandbox/runner/action-manifest.ts';
import { lengthLimits } from '../../../src/length-limits.ts';
import { refusalOfInputs } from '../fakes/bad-input.ts';
import { inputsOf } from '../fakes/inputs.ts';

const root = join(import.meta.dirname, '../../..');
const { inputs } = await readActionManifest(root);

test('each input of action.yml has a length limit, and nothing else has', () => {
  assert.deepEqual(Object.keys(lengthLimits).sort(), [...inputs.keys()].sort());
});

test('the README has each limit', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const line = /^Longest texts, in characters: (.*); all others (\d+)\.$/m.exec(readme);
  const told = [...(line?.[1] ?? '').matchAll(/`([a-z-]+)` ([\d,]+)/g)].map(([, name, limit]) => [
    name,
    Number(limit?.replaceAll(',', '')),
  ]);
  const others = Object.keys(lengthLimits).filter((name) => !told.some(([known]) => known === name));

  assert.deepEqual(
    Object.fromEntries([...told, ...others.map((name) => [name, Number(line?.[2])])]),
    lengthLimits,
  );
});

test('a text of the greatest length is read', () => {
  const scope = 'https://outlook.office.com/SMTP.Send';
  const scopes = scope.padEnd(lengthLimits.scopes - 9, ' ');
  assert.deepEqual(inputsOf({ scopes: `${scopes}User.Read` }).scopes, [scope, 'User.Read']);
  assert.equal(inputsOf({ 'cache-name': 'x'.repeat(100) }).cacheName.length, 100);
});

test('more than 200 scopes are refused', () => {
  const scopes = (count: number) => Array.from({ length: count }, (_, index) => `Scope.${index}`).join(' ');

  assert.equal(inputsOf({ scopes: scopes(200) }).scopes.length, 200);
  assert.match(refusalOfInputs({ scopes: scopes(201) }), /scopes holds 201 scopes; at most 200 are allowed/);
});
