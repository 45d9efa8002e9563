import assert from 'node:assert/strict';
import test from 'node:test';
import { runSteps } from './workflow-fixture.ts';

test('An output, an input, a secret, a variable or a job output that does not exist is an error', async () => {
  const other = '- { id: other, uses: some/action@v1 }';
  await assert.rejects(
    runSteps(`${other}\n- { run: x, env: { A: "\${{ steps.other.outputs.tokem }}" } }`),
    /steps\.other\.outputs has no tokem/,
  );
  await assert.rejects(
    runSteps(`- { run: x, env: { A: "\${{ steps.othre.outputs.token }}" } }`),
    /steps has no othre/,
  );
  await assert.rejects(
    runSteps(`- { run: x, env: { A: "\${{ secrets.NOWHERE }}" } }`),
    /secrets has no NOWHERE/,
  );
  await assert.rejects(runSteps(`- { run: x, env: { A: "\${{ vars.NOWHERE }}" } }`), /vars has no NOWHERE/);
  await assert.rejects(
    runSteps(`- { run: x, env: { A: "\${{ github.nowhere }}" } }`),
    /github has no nowhere/,
  );
  await assert.rejects(
    runSteps('- { uses: own/action@v1, with: { acount: a } }'),
    /own\/action has no input acount/,
  );
});

test('A script that would get an empty variable is an error, and one that is skipped would get nothing', async () => {
  await assert.rejects(
    runSteps(`- { name: Send, run: x, env: { A: "\${{ secrets.EMPTY }}" } }`),
    /"Send" in the job one would get an empty A/,
  );
  const { steps } = await runSteps(`- { run: x, if: failure(), env: { A: "\${{ secrets.EMPTY }}" } }`);
  assert.deepEqual(
    steps.map(({ outcome }) => outcome),
    ['skipped'],
  );
});

test('The outputs of a background step are withheld until a step has waited for it', async () => {
  const start = '- { id: other, uses: some/action@v1, background: true }';
  const use = `- { id: use, run: x, env: { A: "\${{ steps.other.outputs.token }}" } }`;
  await assert.rejects(runSteps(`${start}\n${use}`), /steps\.other: no step has waited for it yet/);
  const job = await runSteps(`${start}\n- { wait: other }\n${use}`);
  assert.equal(job.step('use').env['A'], 'a token of others');
});

test('What GitHub would refuse is refused, with the place', async () => {
  await assert.rejects(runSteps('- { rum: x }'), /Line: \d+.*Unexpected value 'rum'/s);
  await assert.rejects(runSteps('- { run: x, if: "secrets.A" }'), /Unrecognized named-value: 'secrets'/);
  await assert.rejects(runSteps('- { wait: nobody }'), /unknown step ID 'nobody'/);
});
