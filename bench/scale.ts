/** Many runs at once, and caches that hold many accounts. */
import { randomUUID } from 'node:crypto';
import { alice, homeAccountId, sandboxTenant } from '../sandbox/authority/directory.ts';
import { schedule } from '../sandbox/runner/events.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { cloudAuthority } from '../src/entra/authority.ts';
import type { Entity, MsalCache } from '../src/msal-cache/msal-cache.ts';
import { toMsalNodeCache } from '../src/msal-cache/msal-node-cache.ts';
import type { EntryBinding } from '../src/sealing/binding.ts';
import { parseEncryptionKeys } from '../src/sealing/encryption-keys.ts';
import { seal } from '../src/sealing/envelope.ts';
import { type Missing, orMissing, reasonOf } from './missing.ts';
import { type Program, run } from './program.ts';
import { type Spread, spreadOf } from './statistics.ts';
import { authorityUrl, clientId, entryPrefix, type Steps } from './step.ts';

export interface ScaleRow {
  readonly name: string;
  readonly found: Ran | Missing;
}

export interface Ran {
  readonly started: number;
  readonly succeeded: number;
  /** Milliseconds, of those that succeeded. */
  readonly times: Spread;
  /** Why the others did not, each reason once. */
  readonly failures: readonly string[];
}

export async function measureAtOnce(program: Program, counts: readonly number[]): Promise<ScaleRow[]> {
  const rows: ScaleRow[] = [];
  for (const count of counts) {
    const found = await orMissing(async () =>
      ranOf(await Promise.allSettled(Array.from({ length: count }, () => run(program)))),
    );
    rows.push({ name: `${program.name}: ${count} at once`, found });
  }
  return rows;
}

/** Through the workflow cache: an environment variable of Linux holds 128 KB, which a `token-cache` of so many is not. */
export async function measureAccounts(
  steps: Steps,
  sandbox: Sandbox,
  counts: readonly number[],
  runs: number,
): Promise<ScaleRow[]> {
  const rows: ScaleRow[] = [];
  for (const count of counts) {
    const name = `a cache of ${count} account${count > 1 ? 's' : ''}`;
    rows.push({ name, found: await orMissing(() => runWithAccounts(steps, sandbox, count, runs)) });
  }
  return rows;
}

async function runWithAccounts(steps: Steps, sandbox: Sandbox, count: number, runs: number): Promise<Ran> {
  const cacheName = `accounts-${count}`;
  const account = homeAccountId(alice);
  const prefix = entryPrefix(steps.encryptionKey, cacheName, account);
  const { repository, repositoryId } = schedule();
  const binding = {
    clientId,
    authority: authorityUrl,
    account,
    cacheName,
    repository: { server: 'https://github.com', id: String(repositoryId), name: repository },
  };
  await plantEntry(steps, sandbox, { prefix, binding }, count);
  const inputs = { 'encryption-key': steps.encryptionKey, 'cache-name': cacheName, account };
  // What is kept is one account, so a run that finds more saves what it used.
  const program = await steps.step(cacheName, inputs, /from the cache, with no request/);
  const ended: PromiseSettledResult<{ readonly milliseconds: number }>[] = [];
  for (let index = 0; index < runs; index++) {
    ended.push(...(await Promise.allSettled([run(program)])));
    // The newest entry is read, so the one just saved has to go.
    const saved = sandbox.cacheService.entries.filter(
      ({ key }) => key.startsWith(prefix) && !key.endsWith(planted),
    );
    for (const { key } of saved) sandbox.cacheService.remove(key);
  }
  return ranOf(ended);
}

/** @throws where none succeeded */
function ranOf(ended: readonly PromiseSettledResult<{ readonly milliseconds: number }>[]): Ran {
  const times = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value.milliseconds] : []));
  const reasons = ended.flatMap((one) => (one.status === 'rejected' ? [reasonOf(one.reason)] : []));
  const failures = [...new Set(reasons)];
  if (times.length === 0) throw new Error(failures.join('; '));
  return { started: ended.length, succeeded: times.length, times: spreadOf(times), failures };
}

const planted = 'planted';

async function plantEntry(
  steps: Steps,
  sandbox: Sandbox,
  { prefix, binding }: { readonly prefix: string; readonly binding: EntryBinding },
  accounts: number,
): Promise<void> {
  const keys = parseEncryptionKeys(steps.encryptionKey);
  const key = keys.kind === 'value' ? keys.value[0] : undefined;
  if (!key) throw new Error('There is no key to seal with.');
  const { cacheHost, cacheHosts } = cloudAuthority('public', sandboxTenant.id);
  const own = toMsalNodeCache(JSON.parse(steps.freshCache) as MsalCache, { clientId, cacheHost, cacheHosts });
  const others = Object.fromEntries(Array.from({ length: accounts - 1 }, otherAccount));
  const contents = { ...own, Account: { ...others, ...own.Account } };
  const now = Date.now();
  const times = { sealedAt: now, refreshedAt: now };
  const text = await seal(contents, { type: 'entra-user-token-cache', key, binding }, times);
  const file = 'entra-user-token/sign-in.jwe';
  await sandbox.cacheService.plantFiles({
    key: `${prefix}${planted}`,
    files: { [file]: text },
    paths: [file],
    scope: 'refs/heads/main',
    createdAt: new Date(now - 60_000),
  });
}

/** Without tokens: with those of 1,000 accounts an entry would be larger than the 1 MB that the action reads. */
function otherAccount(): [string, Entity] {
  const { id: tenant } = sandboxTenant;
  const object = randomUUID();
  const entity = {
    home_account_id: `${object}.${tenant}`,
    environment: 'login.windows.net',
    realm: tenant,
    local_account_id: object,
    username: `${object.slice(0, 8)}@sandbox.example`,
    authority_type: 'MSSTS',
  };
  return [`${object}.${tenant}-login.windows.net-${tenant}`, entity];
}
