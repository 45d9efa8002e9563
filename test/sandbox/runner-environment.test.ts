import assert from 'node:assert/strict';
import test from 'node:test';
import { pullRequest, schedule } from '../../sandbox/runner/events.ts';
import { fixtureAction } from './runner-fixture-action.ts';

/** An action that gives its environment as an output. */
const tellsEnvironment = `
  const { GITHUB_EVENT_PATH: path } = process.env;
  core.setOutput('env', JSON.stringify(process.env));
  core.setOutput('event', fs.readFileSync(path, 'utf8'));
  core.setOutput('cwd', process.cwd());
  core.setOutput('stdin', fs.readFileSync(0, 'utf8').length);
`;

test('an action finds the variables of the platform, and the workspace as its folder', async () => {
  await using action = await fixtureAction(tellsEnvironment);
  await using run = await action.run({ event: schedule({ runAttempt: 2 }) });
  const env = JSON.parse(run.outputs['env'] ?? '');
  assert.equal(env.GITHUB_EVENT_NAME, 'schedule');
  assert.equal(env.GITHUB_RUN_ATTEMPT, '2');
  assert.equal(env.GITHUB_REPOSITORY, 'contoso/mail');
  assert.equal(env.GITHUB_REPOSITORY_OWNER, 'contoso');
  assert.equal(env.GITHUB_REF, 'refs/heads/main');
  assert.equal(env.GITHUB_SERVER_URL, 'https://github.com');
  assert.equal(env.GITHUB_ACTIONS, 'true');
  assert.equal(env.CI, 'true');
  assert.equal(env.RUNNER_DEBUG, undefined);
  assert.equal(env.GITHUB_WORKSPACE, run.workspace);
  assert.equal(env.RUNNER_TEMP, run.runnerTemp);
  assert.equal(run.outputs['cwd'], run.workspace);
  assert.equal(run.outputs['stdin'], '0');
  assert.deepEqual(JSON.parse(run.outputs['event'] ?? ''), {
    schedule: '17 5 * * 1',
    workflow: '.github/workflows/token.yml',
  });
});

test('an action sees nothing of the environment around it but the path and what is given', async () => {
  process.env['SANDBOX_SECRET_OF_THE_TEST'] = 'x';
  await using action = await fixtureAction(tellsEnvironment);
  await using run = await action.run({ env: { https_proxy: 'http://127.0.0.1:9' } });
  const env = JSON.parse(run.outputs['env'] ?? '');
  assert.equal(env.SANDBOX_SECRET_OF_THE_TEST, undefined);
  assert.equal(env.PATH, process.env['PATH']);
  assert.equal(env.https_proxy, 'http://127.0.0.1:9');
  assert.notEqual(env.HOME, process.env['HOME']);
});

test('a pull request has its own ref, and the branches it leads from and to', async () => {
  await using action = await fixtureAction(tellsEnvironment);
  await using run = await action.run({ event: pullRequest({ fork: true, headBranch: 'mine' }) });
  const env = JSON.parse(run.outputs['env'] ?? '');
  assert.equal(env.GITHUB_REF, 'refs/pull/7/merge');
  assert.equal(env.GITHUB_HEAD_REF, 'mine');
  assert.equal(env.GITHUB_BASE_REF, 'main');
});

test('a runner without job summaries leaves the variable away', async () => {
  await using action = await fixtureAction(tellsEnvironment);
  await using run = await action.run({ noSummary: true });
  assert.equal(JSON.parse(run.outputs['env'] ?? '').GITHUB_STEP_SUMMARY, undefined);
  assert.equal(run.summary, '');
});
