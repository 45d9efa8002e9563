import assert from 'node:assert/strict';
import test from 'node:test';
import { fixtureAction } from './runner-fixture-action.ts';

async function logOf(script: string, debug = false): Promise<readonly string[]> {
  await using action = await fixtureAction(script);
  await using run = await action.run({ debug });
  return run.log.slice(1);
}

test('annotations are log lines as well, with their properties and line breaks', async () => {
  await using action = await fixtureAction(`
    core.notice('100% done', { title: 'A: b, c' });
    core.warning('one\\ntwo');
    core.error('bad');
  `);
  await using run = await action.run();
  assert.deepEqual(run.log.slice(1), ['Notice: 100% done', 'Warning: one', 'two', 'Error: bad']);
  assert.deepEqual(run.annotations, [
    { kind: 'notice', message: '100% done', properties: { title: 'A: b, c' } },
    { kind: 'warning', message: 'one\ntwo', properties: {} },
    { kind: 'error', message: 'bad', properties: {} },
  ]);
  assert.equal(run.conclusion, 'success');
});

test('of each kind ten annotations are stored, of at most 4,096 characters', async () => {
  await using action = await fixtureAction(`
    for (let i = 0; i < 12; i++) core.notice('n'.repeat(5000));
    core.error('e');
  `);
  await using run = await action.run();
  assert.equal(run.annotations.length, 11);
  assert.equal(run.annotations[0]?.message.length, 4096);
  assert.equal(run.log.filter((line) => line.startsWith('Notice: ')).length, 12);
});

test('debug lines are shown in debug mode only', async () => {
  const script = "core.debug('detail'); core.setOutput('a', 'b'); core.info(String(core.isDebug()));";
  assert.deepEqual(await logOf(script), ['false']);
  assert.deepEqual(await logOf(script, true), [
    '##[debug]detail',
    'true',
    '##[debug]Node Action run completed with exit code 0',
    '##[debug]Set output a = b',
  ]);
});

test('lines know the fold they are in', async () => {
  await using action = await fixtureAction(`
    core.startGroup('Details');
    core.info('inside');
    core.endGroup();
    core.info('outside');
  `);
  await using run = await action.run();
  assert.deepEqual(run.lines.slice(1), [
    { text: '▾ Details', group: undefined },
    { text: 'inside', group: 'Details' },
    { text: 'outside', group: undefined },
  ]);
});

test('a command is one only at the start of a line, the older form anywhere', async () => {
  assert.deepEqual(
    await logOf(`
      console.log('  ::warning::indented');
      console.log('say ::warning::not one');
      console.log('say ##[warning]one');
      console.log('::unknown::text');
      console.log('##[unknown]text');
    `),
    ['Warning: indented', 'say ::warning::not one', 'Warning: one', '::unknown::text', '##[unknown]text'],
  );
});

test('a lone carriage return begins a line, and so can begin a command', async () => {
  assert.deepEqual(await logOf("console.log('harmless\\r::error::injected');"), [
    'harmless',
    'Error: injected',
  ]);
});

test('commands on standard error are obeyed too', async () => {
  assert.deepEqual(await logOf("console.error('::add-mask::secret-1'); console.error('a secret-1');"), [
    'a ***',
  ]);
});

test('nothing is obeyed between a stop and its token', async () => {
  assert.deepEqual(
    await logOf(`
      console.log('::stop-commands::pause-token');
      console.log('::warning::text');
      console.log('::pause-token::');
      console.log('::warning::obeyed');
    `),
    ['::stop-commands::***', '::warning::text', '::***::', 'Warning: obeyed'],
  );
});

test('the commands that files have replaced are reported as defects', async () => {
  await using action = await fixtureAction(
    "console.log('::set-output name=a::b'); console.log('::save-state name=c::d');",
  );
  await using run = await action.run();
  assert.deepEqual(run.outputs, { a: 'b' });
  assert.deepEqual(run.state, { c: 'd' });
  assert.equal(run.defects.length, 2);
  assert.match(run.log.at(-1) ?? '', /^Warning: The `save-state` command is deprecated/);
});

test('a disabled command fails the step', async () => {
  await using action = await fixtureAction("console.log('::set-env name=a::b');");
  await using run = await action.run();
  assert.equal(run.exitCode, 0);
  assert.equal(run.conclusion, 'failure');
  assert.deepEqual(run.env, {});
});
