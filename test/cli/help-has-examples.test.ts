import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runCompanion } from './companion.ts';

for (const words of [['--help'], ['-h'], ['help'], ['seed', '--help'], ['help', 'seed'], ['inspect', '-h']]) {
  test(`${words.join(' ')} prints usage, exit codes and examples`, async () => {
    const { exitCode, output, told } = await runCompanion(words);

    assert.match(output, /^Usage: entra-user-token /m);
    assert.match(output, /^Examples:\n.*entra-user-token/ms);
    assert.match(output, /^Exit codes: 0 done; 1 failed/m);
    assert.doesNotMatch(output, /OWNER/);
    assert.ok(output.split('\n').every((line) => line.length <= 110));
    assert.equal(told, '');
    assert.equal(exitCode, 0);
  });
}

test('--version prints the version of the package', async () => {
  const manifest = new URL('../../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };

  assert.deepEqual(await runCompanion(['--version']), { exitCode: 0, output: `${version}\n`, told: '' });
});
