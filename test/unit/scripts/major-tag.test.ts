import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';

interface Workflow {
  readonly jobs: { readonly move: { readonly steps: readonly { readonly run: string }[] } };
}

const path = join(import.meta.dirname, '../../../.github/workflows/major-tag.yml');
const script = (parse(readFileSync(path, 'utf8')) as Workflow).jobs.move.steps[0]?.run ?? '';
// What GitHub's Linux has: `sort --version-sort`, `tail --lines`.
const skip = process.platform !== 'linux' && 'the workflow runs on Linux';

test('the first release makes the tag of its major version', { skip }, () => {
  const { requests, log } = publish('v1.0.0', { releases: ['v1.0.0'], majorTagExists: false });
  assert.deepEqual(requests, [
    'api --method POST repos/contoso/entra-user-token/git/refs --raw-field ref=refs/tags/v1 --raw-field sha=0123abc --silent',
  ]);
  assert.match(log, /^v1 is now v1\.0\.0\.$/m);
});

test('a newer release moves the tag forward', { skip }, () => {
  const releases = ['v1.10.0', 'v1.9.0', 'v2.0.0', 'v1'];
  const { requests } = publish('v1.10.0', { releases, majorTagExists: true });
  assert.deepEqual(requests, [
    'api --method PATCH repos/contoso/entra-user-token/git/refs/tags/v1 --raw-field sha=0123abc --field force=true --silent',
  ]);
});

test('a fix of an older release does not move the tag back', { skip }, () => {
  const { requests, log } = publish('v1.9.1', { releases: ['v1.10.0', 'v1.9.1'], majorTagExists: true });
  assert.deepEqual(requests, []);
  assert.match(log, /^v1 stays at v1\.10\.0, which is newer than v1\.9\.1\.$/m);
});

interface Repository {
  readonly releases: readonly string[];
  readonly majorTagExists: boolean;
}

/** Runs the workflow's script with a `gh` that lists these releases, and tells what it asked to change. */
function publish(tag: string, { releases, majorTagExists }: Repository) {
  const folder = mkdtempSync(join(tmpdir(), 'entra-major-tag-'));
  try {
    const gh = `#!/bin/sh
case "$1 $2" in
  'release list') printf '%s\\n' ${releases.join(' ')} ;;
  'api --method') echo "$@" >>'${folder}/requests' ;;
  *) exit ${majorTagExists ? 0 : 1} ;;
esac
`;
    writeFileSync(join(folder, 'gh'), gh, { mode: 0o755 });
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
      env: {
        PATH: `${folder}${delimiter}${process.env['PATH']}`,
        GITHUB_REF_NAME: tag,
        GITHUB_REPOSITORY: 'contoso/entra-user-token',
        GITHUB_SHA: '0123abc',
      },
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    const kept = join(folder, 'requests');
    const requests = existsSync(kept) ? readFileSync(kept, 'utf8').trim().split('\n') : [];
    return { requests, log: stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
