import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { multiTenantApp } from '../../sandbox/authority/directory.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { python } from '../../scripts/python-environment.ts';

/** Where MSAL Python signs in. */
export interface PythonAuthority {
  readonly authority: string;
  /** Microsoft knows the host. */
  readonly wellKnown: boolean;
}

/** What MSAL Python got, and its serialized cache. */
export interface PythonToken {
  readonly accessToken: string;
  readonly source: 'cache' | 'identity_provider';
  readonly cache: string;
}

/** Signs in with MSAL Python by the device code flow. */
export function signInWithPython(
  sandbox: Sandbox,
  where: PythonAuthority,
  username: string,
): Promise<PythonToken> {
  return run(sandbox, 'sign-in', where, (code) => sandbox.authority.signIn(code, username));
}

/** Gets a token from a cache with MSAL Python's `acquire_token_silent`. */
export function silentWithPython(
  sandbox: Sandbox,
  where: PythonAuthority,
  cache: string,
  { forceRefresh }: { readonly forceRefresh: boolean },
): Promise<PythonToken> {
  return run(sandbox, 'silent', { ...where, cache, forceRefresh });
}

async function run(
  sandbox: Sandbox,
  what: 'sign-in' | 'silent',
  settings: object,
  onCode?: (code: string) => Promise<void>,
): Promise<PythonToken> {
  if (!existsSync(python)) throw new Error('There is no Python to test with: run "npm run test:interop".');
  const child = spawn(python, [join(import.meta.dirname, 'msal_python.py'), what], {
    env: {
      PATH: process.env['PATH'],
      https_proxy: sandbox.proxy.url,
      no_proxy: '127.0.0.1,localhost',
      REQUESTS_CA_BUNDLE: sandbox.caFile,
      PYTHONDONTWRITEBYTECODE: '1',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 60_000,
  });
  child.stdin.end(JSON.stringify({ clientId: multiTenantApp.clientId, ...settings }));
  for await (const line of createInterface(child.stdout)) {
    const answer = JSON.parse(line) as { readonly userCode?: string } & PythonToken;
    if (answer.userCode === undefined) return answer;
    await onCode?.(answer.userCode);
  }
  throw new Error(`MSAL Python gave no token (${what}).`);
}
