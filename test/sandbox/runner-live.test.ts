import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fixtureAction } from './runner-fixture-action.ts';
import { needsSignals } from './signals.ts';

const waits = 'const alive = setInterval(() => {}, 1000);';

test('lines can be waited for while the action runs, and the summary read', needsSignals, async () => {
  await using action = await fixtureAction(`
    ${waits}
    process.once('SIGTERM', () => { core.info('leaving'); clearInterval(alive); });
    await core.summary.addRaw('enter ABC').write();
    core.notice('enter ABC');
  `);
  await using running = await action.start();
  assert.equal(await running.line(/^Notice: enter/), 'Notice: enter ABC');
  assert.equal(await running.summaryNow(), 'enter ABC');
  assert.deepEqual(running.rawLines, ['::notice::enter ABC', '']);

  running.signal('SIGTERM');

  assert.equal(await running.line((line) => line === 'leaving'), 'leaving');
  const run = await running.finished;
  assert.equal(run.conclusion, 'success');
  assert.ok(run.durationMilliseconds > 0);
});

test('a later line like an earlier one can be waited for', async () => {
  await using action = await fixtureAction("core.info('tick 1'); core.info('tick 2');");
  await using running = await action.start();
  assert.equal(await running.line(/tick/, { skip: 1 }), 'tick 2');
});

test('waiting for a line that never comes ends with the action, and shows its log', async () => {
  await using action = await fixtureAction("core.info('something else');");
  await using running = await action.start();
  await assert.rejects(running.line(/never/), /ended before the line came.*something else/s);
  await assert.rejects(running.line(/never/), /ended before the line came/);
});

test('a cancelled action gets SIGINT, and says so', needsSignals, async () => {
  await using action = await fixtureAction(`
    ${waits}
    process.once('SIGINT', () => { core.info('tidied up'); process.exitCode = 1; clearInterval(alive); });
    core.info('ready');
  `);
  await using running = await action.start();
  await running.line(/ready/);
  const run = await running.cancel();
  assert.equal(run.conclusion, 'cancelled');
  assert.equal(run.exitCode, 1);
  assert.deepEqual(run.log.slice(-2), ['tidied up', 'Error: The operation was canceled.']);
});

test('an action that ignores SIGINT gets SIGTERM, and is killed at last', needsSignals, async () => {
  await using action = await fixtureAction(`
    ${waits}
    for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => core.info('ignored ' + name));
    core.info('ready');
  `);
  await using running = await action.start();
  await running.line(/ready/);
  const run = await running.cancel({ afterInterrupt: 100, afterTerminate: 100 });
  assert.equal(run.signal, 'SIGKILL');
  assert.match(run.log.join('\n'), /ignored SIGINT\nignored SIGTERM/);
});

test('an action that does not end in time is killed with all it started', async () => {
  await using action = await fixtureAction(`
    const { spawn } = await import('node:child_process');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    core.info('started ' + child.pid);
    ${waits}
  `);
  const failure = await action.run({ timeoutMilliseconds: 4_000 }).then(
    () => assert.fail('it ended'),
    (error: Error) => error.message,
  );
  assert.match(failure, /did not end within 4000 ms/);
  await ends(Number(/started (\d+)/.exec(failure)?.[1]));
});

test('the folders of a run are there until it is disposed of', async () => {
  await using action = await fixtureAction('');
  const run = await action.run();
  assert.ok(existsSync(run.workspace));
  await run.dispose();
  assert.ok(!existsSync(run.workspace));
});

test('what an action starts apart from itself ends with it', async () => {
  await using action = await fixtureAction(`
    const { spawn } = await import('node:child_process');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    child.unref();
    core.setOutput('pid', child.pid);
  `);
  await using run = await action.run();
  await ends(Number(run.outputs['pid']));
});

/** Resolves when the process has ended; a signal takes a moment to be acted upon. */
async function ends(pid: number): Promise<void> {
  assert.ok(pid > 0);
  for (let looks = 0; isAlive(pid); looks++) {
    assert.ok(looks < 1_000, 'it lives on');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A process that has ended but that nobody has asked for counts as ended. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !readFileSync(stat, 'utf8').includes(') Z ');
}
