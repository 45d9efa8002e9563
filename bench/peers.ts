/** Others that do the same silent job from a warm cache, on the same authority. */
import { execFile, spawn } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { alice, sandboxTenant } from '../sandbox/authority/directory.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { python } from '../scripts/python-environment.ts';
import { type Missing, orMissing, reasonOf } from './missing.ts';
import { type Program, run } from './program.ts';
import { authorityUrl, clientId, root, type Steps } from './step.ts';

export interface Peer {
  readonly name: string;
  /** How many times faster the action is meant to be. */
  readonly atLeast: number | undefined;
  readonly program: Program | Missing;
}

// Installed for the benchmark alone, outside the repository.
const identityPackages = ['@azure/identity@4.14.1', '@azure/identity-cache-persistence@1.2.0'];

const execute = promisify(execFile);
const patience = 180_000;

export async function preparePeers(steps: Steps, sandbox: Sandbox, folder: string): Promise<readonly Peer[]> {
  const like = steps.paths['token-cache'];
  return [
    await peer('Python `msal`', 3, (name) => pythonPeer(name, like, steps, sandbox, folder)),
    await peer('`@azure/msal-node`, plain, unbundled', 2, (name) => nodePeer(name, like, steps, folder)),
    await peer('`@azure/identity`, `DeviceCodeCredential`', undefined, (name) =>
      identityPeer(name, like, sandbox, folder),
    ),
  ];
}

/** A peer that has run once; else why it cannot. */
async function peer(
  name: string,
  atLeast: number | undefined,
  prepare: (name: string) => Promise<Program>,
): Promise<Peer> {
  console.error(`Preparing ${name} …`);
  const program = await orMissing(async () => {
    const prepared = await prepare(name);
    await run(prepared);
    return prepared;
  });
  return { name: 'name' in program ? program.name : name, atLeast, program };
}

async function nodePeer(name: string, like: Program, steps: Steps, folder: string): Promise<Program> {
  const cache = join(folder, 'cache.json');
  await writeFile(cache, steps.freshCache);
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return {
    ...like,
    name: `${name}, ${dependencies['@azure/msal-node']}`,
    args: [join(import.meta.dirname, 'peers/msal-node.mjs'), clientId, authorityUrl, cache],
    prints: /^token /,
  };
}

async function pythonPeer(
  name: string,
  like: Program,
  steps: Steps,
  sandbox: Sandbox,
  folder: string,
): Promise<Program> {
  await execute(process.execPath, [join(root, 'scripts/python-environment.ts')], { timeout: patience });
  const version = await execute(python, [
    '-c',
    'import msal, sys; print(msal.__version__, "on", sys.version.split()[0])',
  ]);
  const cache = join(folder, 'python-cache.json');
  // MSAL Python files what it caches under the host that it was given.
  await writeFile(cache, steps.freshCache.replaceAll('login.windows.net', 'login.microsoftonline.com'));
  return {
    ...like,
    name: `${name} ${version.stdout.trim()}`,
    command: python,
    args: [join(import.meta.dirname, 'peers/msal_python.py'), clientId, authorityUrl, cache],
    env: { ...like.env, REQUESTS_CA_BUNDLE: sandbox.caFile },
    prints: /^token /,
  };
}

async function identityPeer(name: string, like: Program, sandbox: Sandbox, folder: string): Promise<Program> {
  await writeFile(join(folder, 'package.json'), '{}');
  // Its persistent cache needs a native module, which is fetched or built where that can be done.
  const options = ['install', '--no-audit', '--no-fund', ...identityPackages];
  await execute('npm', options, { cwd: folder, timeout: patience }).catch((error: unknown) => {
    console.error(`${name}: ${reasonOf(error)}`);
    throw new Error('its cache needs keytar, a native module that could not be installed');
  });
  const script = join(folder, 'azure-identity.mjs');
  await copyFile(join(import.meta.dirname, 'peers/azure-identity.mjs'), script);
  const program = {
    ...like,
    name: `${name}, ${identityPackages[0]?.split('@').at(-1)}`,
    args: [script, clientId, sandboxTenant.id, join(folder, 'record.json')],
    prints: /^token /,
  };
  await signIn(program, sandbox);
  return program;
}

/** Its first run, in which the person signs in. */
function signIn({ command, args, env, cwd }: Program, sandbox: Sandbox): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: patience });
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const code = /^code (\S+)/m.exec(text)?.[1];
      if (code) sandbox.authority.signIn(code, alice.username).catch(reject);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(errors))));
  });
}
