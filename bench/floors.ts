/** The least that a path could cost: programs that do what it needs and nothing else, bundled as the action is. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleProgram, lazyBuiltins, undici } from '../scripts/bundle.ts';
import { field, type MsalCache } from '../src/msal-cache/msal-cache.ts';
import type { Program } from './program.ts';
import { authorityUrl, clientId, type Steps } from './step.ts';

export interface Floors {
  readonly node: Program;
  readonly restore: Program;
  readonly post: Program;
}

export async function prepareFloors(steps: Steps, folder: string): Promise<Floors> {
  // As the repository's own does for dist/: without it Node would read each file twice to learn its format.
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
  await writeFile(join(folder, 'nothing.js'), '');
  const source = (name: string): string => join(import.meta.dirname, `floors/${name}.ts`);
  await bundleProgram('restore-only', source('restore-only'), folder, {
    plugins: [lazyBuiltins],
    splitting: false,
  });
  await bundleProgram('restore-child', source('restore-child'), folder, {
    leftOut: [undici],
    splitting: false,
  });
  await bundleProgram('one-post', source('one-post'), folder, { plugins: [lazyBuiltins], splitting: false });

  const floor = (name: string, like: Program, script: string, args: string[], prints: RegExp): Program => ({
    ...like,
    name,
    args: [join(folder, script), ...args],
    prints,
    before: undefined,
  });
  const { paths } = steps;
  return {
    node: floor('`node`, empty script', paths['token-cache'], 'nothing.js', [], /^$/),
    restore: floor(
      '`restoreCache` alone, isolated alike',
      paths['workflow-cache'],
      'restore-only.js',
      [steps.entryPrefix],
      /^hit /,
    ),
    post: floor(
      'one HTTPS POST alone',
      paths.refresh,
      'one-post.js',
      [`${authorityUrl}/oauth2/v2.0/token`, refreshBody(steps.oldCache)],
      /"access_token"/,
    ),
  };
}

function refreshBody(serialized: string): string {
  const cache = JSON.parse(serialized) as MsalCache;
  const [refreshToken = {}] = Object.values(cache.RefreshToken);
  return new URLSearchParams({
    client_id: clientId,
    grant_type: 'refresh_token',
    refresh_token: field(refreshToken, 'secret'),
    scope: 'User.Read openid profile offline_access',
    client_info: '1',
  }).toString();
}
