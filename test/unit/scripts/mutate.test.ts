import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { testsOf } from '../../../tools/mutation/mutate.ts';
import tests from '../../../tools/mutation/tests.json' with { type: 'json' };

const root = join(import.meta.dirname, '..', '..', '..');

for (const [source, patterns] of Object.entries<readonly string[]>(tests)) {
  test(`${source} exists, and so does each of the tests that its changes are tried on`, () => {
    assert.ok(existsSync(join(root, source)));
    assert.ok(testsOf(source).length >= patterns.length);
    for (const pattern of patterns) if (!pattern.includes('*')) assert.ok(existsSync(join(root, pattern)));
  });
}

test('a source without tests is refused, not taken for well tested', () => {
  for (const source of ['src/main.ts', 'src/entra/no-such-file.ts', 'toString'])
    assert.throws(() => testsOf(source), {
      message: `${source} has no tests in tools/mutation/tests.json. Name them there.`,
    });
});
