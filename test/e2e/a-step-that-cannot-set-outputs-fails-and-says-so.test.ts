import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { schedule, type WorkflowEvent, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

const places: readonly (readonly [string, string, RegExp])[] = [
  ['is not set', '', /GITHUB_OUTPUT, which names the file for them, is not set/],
  ['names a file that is not there', `${tmpdir()}/nobody-made-this-file`, /does not exist/],
  ['names a folder', tmpdir(), /is a folder|could not be written/],
];
const device: typeof places = [['names a full disk', '/dev/full', /is on a disk that is full/]];

for (const [what, path, why] of [...places, ...(process.platform === 'linux' ? device : [])]) {
  for (const [who, event] of [
    ['a run that would ask a person', workflowDispatch],
    ['a run that would refuse to', schedule],
  ] as readonly (readonly [string, () => WorkflowEvent])[]) {
    scenario(
      `Where GITHUB_OUTPUT ${what}, ${who} fails before it asks anything of anybody, and says why`,
      async ({ run, entraRequests, sandbox }) => {
        const failed = await run(event(), { env: { GITHUB_OUTPUT: path } });
        assert.equal(failed.exitCode, 1, logOf(failed));
        assert.deepEqual(failed.outputs, {});
        assert.equal(failed.annotations.length, 1);
        assert.match(
          failed.annotations[0]?.message ?? '',
          /^The outputs of this step could not be written\./,
        );
        assert.match(failed.annotations[0]?.message ?? '', why);
        assert.match(failed.raw.stderr, why);
        assert.doesNotMatch(failed.raw.stdout, /::set-output/);
        assert.deepEqual([entraRequests(), sandbox.cacheService.requests.length], [0, 0]);
      },
    );
  }
}
