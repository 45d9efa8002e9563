import assert from 'node:assert/strict';
import test from 'node:test';
import { fixtureAction } from './runner-fixture-action.ts';

test('outputs, state, variables and paths come through their files', async () => {
  await using action = await fixtureAction(`
    core.setOutput('text', 'a=b<<c\\nsecond line');
    core.setOutput('empty', '');
    core.saveState('kept', 'for later');
    core.exportVariable('NAME', 'value');
    core.addPath('/opt/tool');
    fs.appendFileSync(process.env.GITHUB_OUTPUT, 'short=one=two\\nblock<<a=b\\nof text\\na=b\\n');
  `);
  await using run = await action.run();
  assert.deepEqual(run.outputs, {
    text: 'a=b<<c\nsecond line',
    empty: '',
    short: 'one=two',
    block: 'of text',
  });
  assert.deepEqual(run.state, { kept: 'for later' });
  assert.deepEqual(run.env, { NAME: 'value' });
  assert.deepEqual(run.path, ['/opt/tool']);
  assert.deepEqual(run.leftovers, []);
});

for (const [what, text, reason] of [
  ['a line that is neither', 'no separator\n', "Invalid format 'no separator'"],
  ['a block that is never closed', 'a<<EOF\nb\n', "Invalid value. Matching delimiter not found 'EOF'"],
] as const) {
  test(`an output file with ${what} fails the step`, async () => {
    await using action = await fixtureAction(
      `fs.writeFileSync(process.env.GITHUB_OUTPUT, ${JSON.stringify(text)});`,
    );
    await using run = await action.run();
    assert.equal(run.conclusion, 'failure');
    assert.deepEqual(run.log.slice(1), [
      "Error: Unable to process file command 'output' successfully.",
      `Error: ${reason}`,
    ]);
  });
}

test('the job summary is masked line by line', async () => {
  await using action = await fixtureAction(`
    core.setSecret('secret-1');
    await core.summary.addRaw('code ABC, secret-1', true).write();
  `);
  await using run = await action.run();
  assert.equal(run.summary, 'code ABC, ***\n');
  assert.equal(run.summaryRaw, 'code ABC, secret-1\n');
});

test('a summary over 1 MiB is not shown', async () => {
  await using action = await fixtureAction("await core.summary.addRaw('x'.repeat(1024 * 1024 + 1)).write();");
  await using run = await action.run();
  assert.equal(run.summary, '');
  assert.match(run.log.at(-1) ?? '', /^Error: \$GITHUB_STEP_SUMMARY upload aborted/);
});

test('what an action leaves in its folders is reported, with its contents', async () => {
  await using action = await fixtureAction(`
    const { RUNNER_TEMP, HOME, TMPDIR } = process.env;
    fs.writeFileSync('README.md', 'changed');
    fs.rmSync('src/index.js');
    fs.mkdirSync(RUNNER_TEMP + '/folder');
    fs.writeFileSync(TMPDIR + '/private', 'x', { mode: 0o600 });
    fs.writeFileSync(HOME + '/.token', 'secret');
  `);
  await using run = await action.run();
  const told = run.leftovers.map(({ folder, path, change, kind }) => [folder, path, change, kind]);
  assert.deepEqual(told, [
    ['workspace', 'README.md', 'changed', 'file'],
    ['workspace', 'src/index.js', 'removed', 'file'],
    ['runnerTemp', 'folder', 'created', 'folder'],
    ['home', '.token', 'created', 'file'],
    ['temp', 'private', 'created', 'file'],
  ]);
  assert.equal(run.leftovers[3]?.content.toString(), 'secret');
  assert.equal(run.leftovers[4]?.mode, 0o600);
});
