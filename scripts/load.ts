/**
 * What many runs at once cost Entra. `--runs 64` starts so many runs of the committed action together, twice: with a
 * token that must be refreshed, at an authority that throttles above 10 requests a second, and with a fresh token.
 * Fails where a run gets no token, where anybody is asked to sign in, or where a run makes more requests than it may.
 */
import { parseArgs } from 'node:util';
import { sandboxTenant } from '../sandbox/authority/directory.ts';
import type { LoggedRequest } from '../sandbox/authority/request-log.ts';
import type { ActionRun } from '../sandbox/runner/action-run.ts';
import { schedule } from '../sandbox/runner/events.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { seededCache } from '../test/e2e/seeded-cache.ts';

interface Load {
  readonly name: string;
  readonly source: 'refresh' | 'cache';
  /** Of the token that the runs begin with; below the 5 minutes that the action asks for, it must be refreshed. */
  readonly lifetimeSeconds: number;
  /** What one run may ask of Entra. */
  readonly mostRequests: number;
}

interface Result {
  readonly runs: number;
  readonly tokens: number;
  /** Device codes asked for. */
  readonly signIns: number;
  readonly tokenRequests: number;
  /** Of the run that made the most. */
  readonly mostRequests: number;
  readonly throttled: number;
  readonly seconds: number;
}

const loads: readonly Load[] = [
  { name: 'token to refresh', source: 'refresh', lifetimeSeconds: 200, mostRequests: 3 },
  { name: 'fresh token', source: 'cache', lifetimeSeconds: 4080, mostRequests: 0 },
];
const { values } = parseArgs({ options: { runs: { type: 'string', default: '64' } } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number from 1 up.');

const rows: Record<string, Result> = {};
for (const load of loads) {
  const result = await measure(load);
  rows[load.name] = result;
  for (const fault of faultsOf(result, load)) {
    console.error(`${load.name}: ${fault}`);
    process.exitCode = 1;
  }
}
console.table(rows);

async function measure({ source, lifetimeSeconds }: Load): Promise<Result> {
  await using sandbox = await startSandbox({ settings: { accessTokenLifetimeSeconds: lifetimeSeconds } });
  const { authority } = sandbox;
  const tokenCache = await seededCache(sandbox);
  authority.clearRequests();
  authority.settings.requestsPerSecond = 10;
  authority.settings.accessTokenLifetimeSeconds = 3600;

  const startedAt = performance.now();
  if (source === 'refresh') holdConnections(sandbox);
  const ended = await Promise.all(Array.from({ length: runs }, () => runOnce(sandbox, tokenCache)));
  const byRun = requestsByRun(sandbox);
  if (byRun.length > runs)
    throw new Error(`${runs} runs asked ${byRun.length} questions; one each is enough.`);
  return {
    runs,
    tokens: ended.filter((run) => run.conclusion === 'success' && run.outputs['source'] === source).length,
    signIns: authority.requests.filter(({ endpoint }) => endpoint === 'device-code').length,
    tokenRequests: byRun.flat().length,
    mostRequests: Math.max(0, ...byRun.map((requests) => requests.length)),
    throttled: byRun.flat().filter(({ status }) => status === 429).length,
    seconds: Math.round((performance.now() - startedAt) / 1000),
  };
}

/**
 * Lets the first connections through together, when all runs have had the time to start: machines of their own would
 * not wait for each other's processor, and their requests would all come in one moment.
 */
function holdConnections({ proxy }: Sandbox): void {
  const openAt = performance.now() + Math.min(150 * runs, 10_000);
  const held = {
    kind: 'delay',
    get milliseconds() {
      return Math.max(0, openAt - performance.now());
    },
  } as const;
  proxy.faults.add('login.microsoftonline.com', held, { times: runs });
}

async function runOnce(sandbox: Sandbox, tokenCache: string): Promise<ActionRun> {
  const running = await sandbox.start(schedule(), {
    // The workflow cache has a process of its own for each run, which would measure this machine and not Entra's share.
    inputs: { 'tenant-id': sandboxTenant.id, 'token-cache': tokenCache, 'workflow-cache': 'false' },
    secrets: [tokenCache],
    timeoutMilliseconds: 240_000,
  });
  const run = await running.finished;
  await running.dispose();
  if (run.conclusion !== 'success') console.error(run.log.slice(-4).join('\n'));
  return run;
}

/** By run: MSAL gives each question an id of its own, which stays when it is asked again. */
function requestsByRun({ authority }: Sandbox): readonly LoggedRequest[][] {
  const tokenRequests = authority.requests.filter(({ endpoint }) => endpoint === 'token');
  return [...Map.groupBy(tokenRequests, ({ correlationId }) => correlationId).values()];
}

function* faultsOf(result: Result, { mostRequests }: Load): Generator<string> {
  if (result.tokens < runs) yield `${runs - result.tokens} of ${runs} runs got no token.`;
  if (result.signIns > 0) yield `${result.signIns} runs asked for a sign-in.`;
  if (result.mostRequests > mostRequests)
    yield `a run made ${result.mostRequests} requests, where ${mostRequests} are allowed.`;
  if (result.tokenRequests > mostRequests * runs)
    yield `Entra got ${result.tokenRequests} token requests of ${runs} runs.`;
}
