/**
 * Measures the committed dist/ on the sandbox, and writes bench/results.md and docs/images/bench.svg.
 * `--quick`: a few pairs only, and nothing is written.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../sandbox/sandbox.ts';
import { prepareFloors } from './floors.ts';
import { distBytes, footprintOf, requestsOf } from './footprint.ts';
import { peakMemory } from './memory.ts';
import { isMissing, orMissing } from './missing.ts';
import { type Peer, preparePeers } from './peers.ts';
import { measurePickup } from './pickup.ts';
import { toSvg } from './plot.ts';
import type { Program } from './program.ts';
import { type Report, type TimeRow, toMarkdown } from './report.ts';
import { measureAccounts, measureAtOnce, type ScaleRow } from './scale.ts';
import { runInPairs } from './statistics.ts';
import { pathNames, prepareSteps, root } from './step.ts';

const quick = process.argv.includes('--quick');
const pairs = quick ? 3 : 31;
const repeats = quick ? 2 : 7;
const runsAtOnce = quick ? [1, 8] : [1, 8, 64];
const accounts = quick ? [1, 100] : [1, 100, 1000];

const load = loadavg()[0] ?? 0;
const folder = await mkdtemp(join(tmpdir(), 'bench-floors-'));
const peersFolder = await mkdtemp(join(tmpdir(), 'bench-peers-'));
const sandbox = await startSandbox();
const steps = await prepareSteps(sandbox);
try {
  const report = await measure();
  const markdown = toMarkdown(report);
  console.log(markdown);
  if (!quick) {
    await writeFile(join(root, 'bench/results.md'), markdown);
    await mkdir(join(root, 'docs/images'), { recursive: true });
    await writeFile(join(root, 'docs/images/bench.svg'), toSvg(report));
  }
} finally {
  await steps.dispose();
  await sandbox.stop();
  for (const made of [folder, peersFolder]) await rm(made, { recursive: true, force: true });
}

async function measure(): Promise<Report> {
  const { paths } = steps;
  const floors = await prepareFloors(steps, folder);
  const peers = await preparePeers(steps, sandbox, peersFolder);

  const atMost = (ratio: number) => ({ kind: 'at most', ratio }) as const;
  const times = [
    await timeRow(paths['token-cache'], floors.node, atMost(2.2)),
    await timeRow(paths['workflow-cache'], floors.restore, atMost(1.3)),
    await timeRow(paths.refresh, floors.post, atMost(1.6)),
    await timeRow(paths.save, floors.node, undefined),
  ];
  for (const { name, program, atLeast } of peers) {
    const limit = atLeast === undefined ? undefined : ({ kind: 'at least', ratio: atLeast } as const);
    const other = paths['token-cache'];
    times.push(
      isMissing(program)
        ? { name, other: other.name, pairs: program, limit }
        : await timeRow(program, other, limit),
    );
  }
  tell('how soon a sign-in is picked up');
  const pickup = await orMissing(() => measurePickup(sandbox, repeats));
  return {
    machine: `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores`,
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
    load,
    cores: cpus().length,
    times,
    pickup,
    memory: await measureMemory([
      ...pathNames.map((name) => ({ program: paths[name], isOurs: true })),
      ...Object.values(floors).map((program) => ({ program, isOurs: false })),
      ...peers.flatMap(({ program }) => (isMissing(program) ? [] : [{ program, isOurs: false }])),
    ]),
    distBytes: await distBytes(),
    footprints: await measureFootprints(),
    requestsOfOthers: await measureRequests(peers),
    scale: await measureScale(),
  };
}

async function timeRow(one: Program, other: Program, limit: TimeRow['limit']): Promise<TimeRow> {
  tell(`${one.name} beside ${other.name}`);
  const found = await orMissing(() => runInPairs(one, other, pairs));
  return { name: one.name, other: other.name, pairs: found, limit };
}

async function measureMemory(
  measured: readonly { readonly program: Program; readonly isOurs: boolean }[],
): Promise<Report['memory']> {
  tell('peak memory');
  const rows: Report['memory'][number][] = [];
  for (const { program, isOurs } of measured) {
    const megabytes = await orMissing(() => peakMemory(program, quick ? 1 : 3));
    rows.push({ name: program.name, megabytes, isOurs });
  }
  return rows;
}

async function measureFootprints(): Promise<Report['footprints']> {
  tell('what is loaded');
  const rows: Report['footprints'][number][] = [];
  for (const name of pathNames) {
    const program = steps.paths[name];
    rows.push({ name: program.name, footprint: await orMissing(() => footprintOf(program, sandbox)) });
  }
  return rows;
}

async function measureRequests(peers: readonly Peer[]): Promise<Report['requestsOfOthers']> {
  const rows: Report['requestsOfOthers'][number][] = [];
  for (const { name, program } of peers) {
    const requests = isMissing(program) ? program : await orMissing(() => requestsOf(program, sandbox));
    rows.push({ name, requests });
  }
  return rows;
}

async function measureScale(): Promise<ScaleRow[]> {
  tell('many at once, and many accounts');
  return [
    ...(await measureAtOnce(steps.paths['token-cache'], runsAtOnce)),
    ...(await measureAtOnce(steps.paths['workflow-cache'], runsAtOnce)),
    ...(await measureAccounts(steps, sandbox, accounts, repeats)),
  ];
}

function tell(what: string): void {
  console.error(`Measuring ${what} …`);
}
