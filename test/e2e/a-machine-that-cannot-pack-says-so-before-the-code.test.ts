import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario, shownCode } from './scenario.ts';
import { busyboxTar, type Tool, toolsInPath, unlessThere } from './tools-in-path.ts';

const machines: Readonly<Record<string, readonly [tools: Readonly<Record<string, Tool>>, cause: string]>> = {
  'no tar': [{}, 'tar is not installed'],
  'the tar of BusyBox': [{ tar: busyboxTar, gzip: 'real' }, 'its tar is not GNU tar'],
  'GNU tar without gzip': [{ tar: 'real' }, 'gzip is not installed'],
  'half of zstd': [
    { tar: 'real', gzip: 'real', zstd: 'real' },
    'zstd is installed, but zstdmt and unzstd are not',
  ],
};

for (const [what, [tools, cause]] of Object.entries(machines)) {
  scenario(
    `On a machine with ${what} the person reads before the code what to install, and nothing is sent to the cache service`,
    async ({ sandbox, start }) => {
      await using env = await toolsInPath(tools);
      const running = await start(workflowDispatch(), { env: { PATH: env.PATH } });
      await sandbox.authority.signIn(await shownCode(running), alice.username);
      const run = await running.finished;

      assert.equal(run.conclusion, 'success');
      assert.equal(run.outputs['saved-to'], '');
      const log = logOf(run);
      const warning = `A sign-in cannot be saved in the workflow cache: this machine cannot pack and unpack archives (${cause}): install GNU tar`;
      assert.ok(log.includes(warning), log);
      assert.ok(log.indexOf(warning) < log.indexOf('enter code'));
      assert.ok(
        log.includes(
          `could not be saved to the workflow cache: this machine cannot pack and unpack archives (${cause})`,
        ),
        log,
      );
      assert.deepEqual(
        sandbox.cacheService.requests.filter(({ endpoint }) => endpoint !== 'lookup'),
        [],
      );
    },
    { skip: unlessThere('tar', 'gzip', 'zstd') },
  );
}

scenario(
  'A stored sign-in that this machine cannot unpack is no outage of the service: the message says what to install',
  async ({ sandbox, run, runAndSignIn }) => {
    await runAndSignIn(workflowDispatch());
    await using env = await toolsInPath({ tar: busyboxTar, zstd: 'real', zstdmt: 'real', unzstd: 'real' });
    const night = await run(schedule(), { env: { PATH: env.PATH } });
    assert.deepEqual(night.outputs, { 'error-code': 'cache-unavailable' });
    assert.match(
      logOf(night),
      /Why: this machine cannot pack and unpack archives \(its tar is not GNU tar\): install GNU tar/,
    );
    const downloads = sandbox.cacheService.requests.filter(({ endpoint }) => endpoint === 'download');
    assert.equal(downloads.length, 1);
  },
  { skip: unlessThere('tar', 'zstd', 'zstdmt', 'unzstd') },
);
