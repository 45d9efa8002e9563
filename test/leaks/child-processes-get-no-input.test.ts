import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { sandboxTenant } from '../../sandbox/authority/directory.ts';
import { findLeaksIn } from '../../sandbox/leaks.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { scenario } from '../e2e/scenario.ts';
import { seededCache } from '../e2e/seeded-cache.ts';
import { preload } from './preload.ts';

interface Recorded {
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A `tar` that writes its environment down before it does its work. */
async function recordingTar(folder: string): Promise<void> {
  const script = `#!/bin/sh\nenv > "${folder}/tar-$$.env"\nPATH="\${PATH#*:}" exec tar "$@"\n`;
  await writeFile(join(folder, 'tar'), script);
  await chmod(join(folder, 'tar'), 0o755);
}

scenario(
  'The processes that the action starts get no input and no token in their environment',
  async ({ sandbox, run, encryptionKey }) => {
    const folder = await mkdtemp(join(tmpdir(), 'environments-'));
    const file = join(folder, 'environments.jsonl');
    await writeFile(file, '');
    if (process.platform !== 'win32') await recordingTar(folder);
    const cache = await seededCache(sandbox);
    const inputs = { 'token-cache': cache, 'tenant-id': sandboxTenant.id };
    const env = {
      ...preload('record-environment.ts'),
      RECORD_FILE: file,
      PATH: `${folder}${delimiter}${process.env['PATH']}`,
    };
    const saving = await run(schedule(), { inputs, secrets: [cache], env });
    assert.equal(saving.outputs['saved-to'], 'workflow-cache');
    const restoring = await run(schedule(), { inputs, secrets: [cache], env });
    assert.equal(restoring.outputs['source'], 'cache');

    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    const recorded = lines.map((line) => JSON.parse(line) as Recorded);
    const own = recorded.filter(({ program }) => program === 'main.js');
    const children = recorded.filter(({ program }) => program !== 'main.js');
    assert.ok(
      own.every(({ environment }) => 'INPUT_ENCRYPTION-KEY' in environment),
      'the recorder does not see inputs',
    );
    assert.ok(children.length >= 3, `${children.length} child processes`);

    const secrets = [
      { kind: 'encryption key', value: encryptionKey },
      { kind: 'token-cache', value: cache },
      ...sandbox.authority.secrets,
    ];
    for (const { program, environment } of children) {
      const names = Object.keys(environment).filter((name) => /^input_/i.test(name));
      assert.deepEqual(names, [], `${program} was given inputs`);
      assert.deepEqual(findLeaksIn(secrets, [{ place: program, content: JSON.stringify(environment) }]), []);
    }
    await tarsGotNothing(folder, secrets);
    await rm(folder, { recursive: true });
  },
);

async function tarsGotNothing(folder: string, secrets: Parameters<typeof findLeaksIn>[0]): Promise<void> {
  if (process.platform === 'win32') return;
  const files = (await readdir(folder)).filter((name) => name.endsWith('.env'));
  assert.ok(files.length >= 2, 'tar was not seen');
  for (const name of files) {
    const content = await readFile(join(folder, name), 'utf8');
    assert.doesNotMatch(content, /^INPUT_/im);
    assert.deepEqual(findLeaksIn(secrets, [{ place: 'tar', content }]), []);
  }
}
