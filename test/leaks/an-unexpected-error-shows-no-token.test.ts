import assert from 'node:assert/strict';
import { sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { seededCache } from '../e2e/seeded-cache.ts';
import { preload } from './preload.ts';

const faults = [
  'an uncaught exception',
  'an unhandled rejection',
  'an uncaught exception that is text',
  'an unhandled rejection whose cause tells',
  'an error whose stack looks like a place',
  'an error whose name tells',
] as const;

for (const fault of faults) {
  scenario(
    `When ${fault} with every restored token, the log says that something broke, and no token`,
    async ({ sandbox, run, keepSecret }) => {
      const cache = await seededCache(sandbox);
      keepSecret('token-cache', cache);
      const tokens = sandbox.authority.secrets
        .filter(({ kind }) => kind !== 'device_code')
        .map(({ value }) => value);
      assert.equal(tokens.length, 3);
      const broken = await run(schedule(), {
        inputs: { 'token-cache': cache, 'tenant-id': sandboxTenant.id },
        secrets: [cache],
        debug: true,
        env: {
          ...preload('planted-fault.ts'),
          PLANTED_FAULT: fault,
          PLANTED_WHEN: `::add-mask::${tokens[1]}`,
          PLANTED_MESSAGE: tokens.join(' '),
        },
      });
      assert.notEqual(broken.exitCode, 0);
      assert.equal(broken.outputs['error-code'], 'internal-error');
      assert.match(logOf(broken), /failed with an unexpected error/);
    },
  );
}

for (const fault of faults.slice(0, 2)) {
  scenario(
    `When ${fault} while a person is asked to sign in, it is reported without its message`,
    async ({ run, keepSecret }) => {
      const message = 'the-secret-message-of-an-error';
      keepSecret('message', message);
      const broken = await run(workflowDispatch(), {
        env: {
          ...preload('planted-fault.ts'),
          PLANTED_FAULT: fault,
          PLANTED_WHEN: 'enter code',
          PLANTED_MESSAGE: message,
        },
      });
      assert.equal(broken.exitCode, 1);
      assert.deepEqual(broken.outputs, { 'error-code': 'internal-error' });
    },
  );
}
