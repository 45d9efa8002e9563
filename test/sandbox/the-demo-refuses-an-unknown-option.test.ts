import assert from 'node:assert/strict';
import test from 'node:test';
import { readDemoOptions } from '../../sandbox/demo/options.ts';
import { runDemo } from './demo-process.ts';

test('The demo refuses an unknown option, lists those that exist, and runs nothing', async () => {
  const { exitCode, stdout, stderr } = await runDemo('--auto', '--splitt');
  assert.equal(exitCode, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^Unknown option '--splitt'\.\n\nUsage: npm run demo -- \[options\]$/m);
});

test('The demo lists its options with --help, and runs nothing', async () => {
  const { exitCode, stdout, stderr } = await runDemo('--auto', '--help');
  assert.equal(exitCode, 0);
  assert.equal(stderr, '');
  for (const option of ['--auto', '--split', '--help']) assert.ok(stdout.includes(`${option} `), option);
  assert.doesNotMatch(stdout, /━━/);
});

for (const [arg, reason] of [
  ['-x', "Unknown option '-x'."],
  ['split', "Unexpected argument 'split'."],
  ['--auto=no', "Option '--auto' does not take an argument."],
  ['--', undefined],
] as const)
  test(`The demo ${reason ? 'refuses' : 'takes'} ${arg}`, () => {
    const options = readDemoOptions([arg]);
    assert.equal(options.kind === 'refused' ? options.reason : undefined, reason);
  });

test('-h is short for --help', () => {
  assert.deepEqual(readDemoOptions(['-h']), { kind: 'help' });
});
