import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario, shownCode } from './scenario.ts';

scenario(
  'The code is in the log, in a notice and in the summary before anybody has used it',
  async ({ sandbox, start }) => {
    const running = await start(workflowDispatch());
    const code = await shownCode(running);
    await running.line(/^Notice: Sign in at/);
    await sandbox.authority.signIn(code, 'bob@sandbox.example');
    const run = await running.finished;

    assert.ok(run.annotations.some(({ kind, message }) => kind === 'notice' && message.includes(code)));
    assert.ok(
      run.lines.every(({ text, group }) => !text.includes(code) || group === undefined || group === ''),
      'the code is in a fold',
    );
    assert.match(run.summary, /Signed in/);
    assert.match(run.summary, /If unused, expires on \| \d{4}-\d\d-\d\d/);
    const shown = sandbox.authority.requests.findIndex(({ endpoint }) => endpoint === 'device-code');
    const polled = sandbox.authority.requests.findIndex(
      ({ grantType }) => grantType?.endsWith('device_code') === true,
    );
    assert.ok(shown >= 0 && polled > shown);
  },
);
