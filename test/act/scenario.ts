import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { alice } from '../../sandbox/authority/directory.ts';
import { findLeaksIn, type Place } from '../../sandbox/leaks.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.ts';
import '../e2e/fresh-dist.ts';
import { type ActResult, type ActRun, createActMachine, runAct } from './act.ts';

/** One machine with act on it, and the sandbox in place of Entra. */
export interface World {
  readonly sandbox: Sandbox;
  /** Runs test/act/token.yml. When a code is shown, Alice signs in. */
  run(event: ActRun['event'], options?: readonly string[]): Promise<ActResult>;
}

/** One test under act. After the body, act's output and its cache are searched for every secret. */
export function scenario(
  sentence: string,
  body: (world: World) => Promise<void>,
  options: SandboxOptions = {},
): void {
  test(sentence, async () => {
    await using sandbox = await startSandbox(options);
    await using machine = await createActMachine();
    const encryptionKey = randomBytes(32).toString('base64');
    const places: Place[] = [];
    const signingIn: Promise<void>[] = [];

    await body({
      sandbox,
      async run(event, actOptions = []) {
        const result = await runAct(machine, {
          event,
          workflow: 'test/act/token.yml',
          options: actOptions,
          env: {
            https_proxy: sandbox.proxy.url,
            no_proxy: '127.0.0.1',
            NODE_EXTRA_CA_CERTS: sandbox.caFile,
            ENTRA_USER_TOKEN_LOOPBACK_PAGE: 'allowed',
          },
          secrets: { ENTRA_ENCRYPTION_KEY: encryptionKey },
          onLine(line) {
            const code = /\| +2\. enter code +(\S+)/.exec(line)?.[1];
            if (code) signingIn.push(sandbox.authority.signIn(code, alice.username));
          },
        });
        await Promise.all(signingIn);
        places.push({ place: `act's log of run ${places.length + 1}`, content: result.log });
        return result;
      },
    });

    const secrets = [{ kind: 'encryption-key', value: encryptionKey }, ...sandbox.authority.secrets];
    places.push(...(await filesIn(machine.cacheFolder)));
    assert.deepEqual(findLeaksIn(secrets, places), [], 'a secret was seen');
  });
}

async function filesIn(folder: string): Promise<Place[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(files.map(async (path) => ({ place: path, content: await readFile(path) })));
}
