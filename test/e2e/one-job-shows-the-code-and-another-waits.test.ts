import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';
import { beginSignIn, finishSignIn } from './two-jobs.ts';

scenario(
  'One job shows the code and ends, another waits for the sign-in and has the token',
  async (world) => {
    const { sandbox, run, entraRequests } = world;
    const event = workflowDispatch();
    const { job, outputs } = await beginSignIn(world, event);
    const userCode = outputs['user-code'] ?? '';
    assert.deepEqual(Object.keys(outputs).sort(), ['pending-sign-in', 'user-code', 'verification-uri']);
    assert.ok(!outputs['pending-sign-in']?.includes('eyJ'));
    assert.ok(job.summary.includes(userCode) && job.summary.includes(outputs['verification-uri'] ?? '-'));
    assert.match(job.summary, /A later job of this run does, and goes on when you have signed in/);
    assert.ok(logOf(job).includes(`enter code ${userCode}`));
    assert.ok(job.annotations.some(({ kind, message }) => kind === 'notice' && message.includes(userCode)));
    assert.equal(entraRequests(), 1);

    const deviceCode = sandbox.authority.secrets.find(({ kind }) => kind === 'device_code')?.value ?? '';
    const waiting = await finishSignIn(world, event, outputs);
    await waiting.line(new RegExp(`enter code +${userCode}`));
    await sandbox.authority.signIn(userCode, alice.username);
    const second = await waiting.finished;
    assert.equal(second.conclusion, 'success', logOf(second));
    assert.equal(second.outputs['source'], 'sign-in');
    assert.equal(second.outputs['saved-to'], 'workflow-cache');
    assert.match(second.summary, /Signed in/);
    for (const { masks } of [job, second]) assert.ok(masks.includes(deviceCode));
    assert.equal((await sandbox.callGraph(second.outputs['access-token'] ?? '')).status, 200);
    assert.equal(sandbox.authority.requests.filter(({ endpoint }) => endpoint === 'device-code').length, 1);

    assert.equal((await run(schedule())).outputs['source'], 'cache');
  },
);
