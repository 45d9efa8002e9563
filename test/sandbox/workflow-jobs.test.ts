import assert from 'node:assert/strict';
import test from 'node:test';
import { runJobs } from './workflow-fixture.ts';

const token = `
first:
  runs-on: ubuntu-latest
  outputs:
    token: \${{ steps.other.outputs.token }}
    key: the key is \${{ secrets.KEY }}
    id: \${{ steps.other.outputs.id }}
  steps:
    - { id: other, uses: some/action@v1 }
`;

test('Job outputs that hold a secret or a masked value are dropped, others reach the jobs that need them', async () => {
  const run = await runJobs(`${token}
second:
  needs: first
  runs-on: ubuntu-latest
  steps:
    - { id: use, run: x, env: { ID: "\${{ needs.first.outputs.id }}", PLACE: "\${{ vars.PLACE }}" } }
third:
  needs: first
  if: needs.first.outputs.token != ''
  runs-on: ubuntu-latest
  steps: [{ run: x }]
`);
  assert.deepEqual(run.job('first').outputs, { id: '7' });
  assert.deepEqual(run.job('first').dropped, ['token', 'key']);
  assert.deepEqual(run.job('second').step('use').env, { ID: '7', PLACE: 'here' });
  assert.equal(run.job('third').result, 'skipped');
});

test('A job output that is not declared is an error', async () => {
  const second = `second: { needs: first, runs-on: x, steps: [{ run: x, env: { A: "\${{ needs.first.outputs.idd }}" } }] }`;
  await assert.rejects(runJobs(`${token}\n${second}`), /needs\.first\.outputs has no idd/);
});

test('A matrix gives each combination a job of its own', async () => {
  const run = await runJobs(`
one:
  strategy: { matrix: { os: [linux, windows], size: [1, 2] } }
  runs-on: \${{ matrix.os }}
  steps: [{ id: use, run: x, env: { SIZE: "\${{ matrix.os }}-\${{ matrix.size }}" } }]
`);
  assert.deepEqual(
    run.jobs.map((job) => job.step('use').env['SIZE']),
    ['linux-1', 'linux-2', 'windows-1', 'windows-2'],
  );
});

test('Jobs after one that was skipped are skipped, unless they ask for always()', async () => {
  const job = 'runs-on: x, steps: [{ run: x }]';
  const run = await runJobs(`
first: { if: "github.ref == 'refs/heads/other'", ${job} }
second: { needs: first, ${job} }
third: { needs: second, if: always(), ${job} }
fourth: { needs: [first], if: failure(), ${job} }
`);
  assert.deepEqual(
    run.jobs.map(({ result }) => result),
    ['skipped', 'skipped', 'success', 'skipped'],
  );
});
