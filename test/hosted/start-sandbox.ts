/**
 * Starts the sandbox in the background of a job, with Alice, who enters every code, and tells the next steps where it is.
 *
 * Outputs: `proxy` and `no-proxy` for the environment, `ca-file` for NODE_EXTRA_CA_CERTS, `pid` to end it.
 */
import { fork } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxPlace } from './sandbox-process.ts';

// The way to the platform's own cache, for @actions/cache, stays open.
const noProxy = '127.0.0.1,localhost,.actions.githubusercontent.com,.blob.core.windows.net,.github.com';

const outputFile = process.env['GITHUB_OUTPUT'];
if (!outputFile) throw new Error('GITHUB_OUTPUT is not set: this is a step of a workflow.');

const child = fork(join(import.meta.dirname, 'sandbox-process.ts'), { detached: true, stdio: 'ignore' });
const place = await new Promise<SandboxPlace>((resolve, reject) => {
  child.once('message', (message) => resolve(message as SandboxPlace));
  child.once('exit', (code) => reject(new Error(`The sandbox ended at once, with ${code}.`)));
});
child.disconnect();
child.unref();

const outputs = { proxy: place.proxy, 'no-proxy': noProxy, 'ca-file': place.caFile, pid: child.pid };
for (const [name, value] of Object.entries(outputs)) appendFileSync(outputFile, `${name}=${value}\n`);
console.log(`The sandbox runs in process ${child.pid}, behind the proxy ${place.proxy}.`);
