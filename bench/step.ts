/** The steps that are measured: the committed action as the runner starts it, on the sandbox. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { multiTenantApp, sandboxTenant } from '../sandbox/authority/directory.ts';
import { readActionManifest } from '../sandbox/runner/action-manifest.ts';
import { githubEnvironment, inputEnvironment, runnerEnvironment } from '../sandbox/runner/environment.ts';
import { schedule } from '../sandbox/runner/events.ts';
import { resolveInputs } from '../sandbox/runner/inputs.ts';
import { RunFolders } from '../sandbox/runner/run-folders.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { parseEncryptionKeys } from '../src/sealing/encryption-keys.ts';
import { restorePrefix } from '../src/stores/workflow-cache/entries.ts';
import { seededCache } from '../test/e2e/seeded-cache.ts';
import { type Program, run } from './program.ts';

export const root = join(import.meta.dirname, '..');
export const clientId = multiTenantApp.clientId;
export const authorityUrl = `https://login.microsoftonline.com/${sandboxTenant.id}`;

// Below MSAL's five minutes, so that every run refreshes.
const shortLifetime = 200;
const usualLifetime = 4080;

export const pathNames = ['token-cache', 'workflow-cache', 'refresh', 'save'] as const;
export type PathName = (typeof pathNames)[number];

/** The silent ways through the action, each as a program that can be run again and again. */
export interface Steps {
  readonly paths: Readonly<Record<PathName, Program>>;
  /** The step with other inputs. */
  step(name: string, inputs: Readonly<Record<string, string>>, prints: RegExp): Promise<Program>;
  /** MSAL's serialized cache with a fresh token. */
  readonly freshCache: string;
  /** The same with a token that is about to expire. */
  readonly oldCache: string;
  readonly encryptionKey: string;
  /** The prefix of the key of the entry that the path `workflow-cache` reads. */
  readonly entryPrefix: string;
  dispose(): Promise<void>;
}

export async function prepareSteps(sandbox: Sandbox): Promise<Steps> {
  const { settings } = sandbox.authority;
  const encryptionKey = randomBytes(32).toString('base64');
  settings.accessTokenLifetimeSeconds = shortLifetime;
  const oldCache = await seededCache(sandbox);
  settings.accessTokenLifetimeSeconds = usualLifetime;
  const freshCache = await seededCache(sandbox);

  const folders: RunFolders[] = [];
  const step = async (
    name: string,
    inputs: Readonly<Record<string, string>>,
    prints: RegExp,
    answersLast = usualLifetime,
  ): Promise<Program> => {
    const own = await RunFolders.create();
    folders.push(own);
    const env = await stepEnvironment(sandbox, own, inputs);
    const args = [join(root, 'dist/main.js')];
    const before = (): void => {
      settings.accessTokenLifetimeSeconds = answersLast;
    };
    return { name, command: process.execPath, args, cwd: own.paths.workspace, env, prints, before };
  };
  const kept = (cacheName: string) => ({ 'encryption-key': encryptionKey, 'cache-name': cacheName });
  const plant = async (cacheName: string, cache: string, lifetime: number): Promise<void> => {
    const inputs = { ...kept(cacheName), 'token-cache': cache };
    await run(await step('planting an entry', inputs, /saved to the workflow cache/, lifetime));
  };
  await plant('fresh', freshCache, usualLifetime);
  await plant('old', oldCache, shortLifetime);

  const fromCache = /from the cache, with no request/;
  return {
    paths: {
      'token-cache': await step('silent, from `token-cache`', { 'token-cache': freshCache }, fromCache),
      'workflow-cache': await step('silent, from the workflow cache', kept('fresh'), fromCache),
      refresh: await step('silent, with one refresh', { 'token-cache': oldCache }, /refreshed silently/),
      save: await step(
        'refresh, saved to the workflow cache',
        kept('old'),
        /saved to the workflow cache/,
        shortLifetime,
      ),
    },
    step,
    freshCache,
    oldCache,
    encryptionKey,
    entryPrefix: entryPrefix(encryptionKey, 'fresh'),
    async dispose() {
      await Promise.all(folders.map((own) => own[Symbol.asyncDispose]()));
    },
  };
}

/** What the key of each entry of such a step begins with. */
export function entryPrefix(encryptionKey: string, cacheName: string, account = ''): string {
  const keys = parseEncryptionKeys(encryptionKey);
  const id = keys.kind === 'value' ? (keys.value[0]?.id ?? '') : '';
  return restorePrefix({ clientId, authority: authorityUrl, account, cacheName }, id);
}

async function stepEnvironment(
  sandbox: Sandbox,
  folders: RunFolders,
  given: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const event = schedule();
  const manifest = await readActionManifest(root);
  const inputs = { 'client-id': clientId, 'tenant-id': sandboxTenant.id, ...given };
  const file = (name: string) => folders.writeOwnFile('_runner_file_commands', name, '');
  const files = {
    output: await file('output'),
    state: await file('state'),
    env: await file('env'),
    path: await file('path'),
    summary: await file('summary'),
  };
  const payload = await folders.writeOwnFile('_github_workflow', 'event.json', JSON.stringify(event.payload));
  return {
    ...runnerEnvironment(folders, false),
    ...githubEnvironment(event, payload, files, folders.paths.workspace),
    ...inputEnvironment(resolveInputs(manifest, inputs).values),
    https_proxy: sandbox.proxy.url,
    no_proxy: '127.0.0.1,localhost',
    NODE_EXTRA_CA_CERTS: sandbox.caFile,
    ENTRA_USER_TOKEN_LOOPBACK_PAGE: 'allowed',
    ...sandbox.cacheService.env(sandbox.cacheService.token({ scopes: event.cacheScopes })),
  };
}
