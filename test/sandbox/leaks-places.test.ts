import assert from 'node:assert/strict';
import test from 'node:test';
import { findLeaks } from '../../sandbox/leaks.ts';
import { fixtureAction } from './runner-fixture-action.ts';

const value = 'refresh-token-value';
const secrets = [{ kind: 'refresh token', value }];
const masked = `const value = '${value}'; core.setSecret(value);`;

async function placesOf(script: string, secretOutputs: readonly string[] = []): Promise<string[]> {
  await using action = await fixtureAction(script);
  await using run = await action.run();
  return findLeaks(secrets, run, { secretOutputs }).map(({ place }) => place);
}

for (const [place, script] of [
  ['summary before masks', 'await core.summary.addRaw(value).write();'],
  ['standard output', 'core.info(value);'],
  ['standard error', 'console.error(value);'],
  ['output user-code', "core.setOutput('user-code', value);"],
  ['state kept', "core.saveState('kept', value);"],
  ['environment NAME', "core.exportVariable('NAME', value);"],
  ['path', 'core.addPath(value);'],
  ['left in runnerTemp: file', "fs.writeFileSync(process.env.RUNNER_TEMP + '/file', value);"],
  ['left in workspace: README.md', "fs.writeFileSync('README.md', value);"],
  ['left in home: .token', "fs.writeFileSync(process.env.HOME + '/.token', value);"],
  ['name left in temp', "fs.mkdirSync(process.env.TMPDIR + '/' + value);"],
] as const) {
  test(`a masked secret is still found: ${place}`, async () => {
    assert.deepEqual(await placesOf(`${masked}\n${script}`), [place]);
  });
}

test('a secret that was never masked is found wherever it is shown', async () => {
  const script = `
    core.notice('${value}');
    await core.summary.addRaw('${value}').write();
  `;
  assert.deepEqual(await placesOf(script), [
    'log',
    'summary',
    'summary before masks',
    'standard output',
    'notice annotation',
  ]);
});

test('the title of an annotation, which the runner does not mask, is looked at', async () => {
  const places = await placesOf(`${masked} core.notice('text', { title: value });`);
  assert.deepEqual(places, ['standard output', 'notice annotation']);
});

test('a mask, and an output that is there for it, are the ways a secret may go', async () => {
  const script = `${masked} core.setOutput('access-token', value); core.setOutput('username', 'alice');`;
  assert.deepEqual(await placesOf(script, ['access-token']), []);
  assert.deepEqual(await placesOf(script), ['output access-token']);
});

test('an encoding the platform does not mask is found in the log', async () => {
  assert.deepEqual(await placesOf(`${masked} core.info(Buffer.from(value).toString('hex'));`), [
    'log',
    'standard output',
  ]);
});
