/**
 * Runs the tests in few processes, and ends with one count of them all. Node's runner starts a process for each file,
 * which spends most of its time on loading the sandbox. Here a process takes one file after another, each as a suite:
 * they share what is loaded, and nothing else. Each file passes under plain `node --test` as well.
 * `npm test -- PATTERN...` runs some of them.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, normalize } from 'node:path';
import { after, suite } from 'node:test';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
/** Its own process: V8 counts the blocks of a function only where it was told to before it compiled the function. */
const alone = normalize('test/linear/long-hostile-text-takes-few-steps.test.ts');
const counts = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
const failures: string[] = [];

if (process.send) takeFiles();
else await runAll(process.argv.slice(2));

/** In a process of tests: runs the file that it is sent, then asks for the next. */
function takeFiles(): void {
  process.on('message', (file: string) => {
    if (file === '') return process.disconnect();
    // The process waits for messages, so nothing else ends a test that never settles.
    suite(file, { timeout: 300_000 }, async () => {
      after(() => process.send?.('done'));
      await import(pathToFileURL(join(root, file)).href);
    });
  });
  process.send?.('ready');
}

async function runAll(patterns: readonly string[]): Promise<void> {
  // Sorted, so that unit tests come last: they are short, and fill up the last seconds.
  const found = globSync(patterns.length > 0 ? patterns : 'test/**/*.test.ts', { cwd: root }).sort();
  if (found.length === 0) failures.push('✖ No file of tests was found.');
  const queue = found.filter((file) => file !== alone);
  // Most tests wait for a child process or for a server.
  const processes = Math.min(4 * availableParallelism(), queue.length);
  const queues = Array.from({ length: processes }, () => queue);
  if (found.includes(alone)) queues.push([alone]);
  await Promise.all(queues.map(runProcess));

  if (queue.length > 0) failures.push(`✖ Not run: ${queue.join(', ')}`);
  counts.suites -= found.length; // Under Node's runner a file is no suite.
  counts.fail ||= failures.length;
  if (failures.length > 0) console.log(`\n✖ failing tests:\n\n${failures.join('\n\n')}\n`);
  for (const [name, count] of Object.entries(counts)) console.log(`ℹ ${name} ${count}`);
  console.log(`ℹ duration_ms ${performance.now()}`);
  if (failures.length > 0) process.exitCode = 1;
}

/** Runs files of the queue in one process, until none is left. */
async function runProcess(queue: string[]): Promise<void> {
  const execArgv = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
  const child = fork(import.meta.filename, { execArgv, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  let [text, file]: [string, string | undefined] = ['', undefined];
  child.on('message', () => {
    file = queue.shift();
    child.send(file ?? '');
  });
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const [done = ''] = /^(?:(?!ℹ tests ).*\n)*[✔✖] test\W.*\n/.exec(text) ?? [];
    process.stdout.write(done); // What belongs to one file stays together.
    text = text.slice(done.length);
    for (const [, name] of done.matchAll(/^✔ (test\W.*\.ts) /gm))
      if (!done.includes(`▶ ${name}\n`)) failures.push(`✖ ${name} has no test.`);
  });
  const [code, signal]: unknown[] = await once(child, 'close');
  const [summary = '', details] = text.split('\n✖ failing tests:\n');
  for (const [, name, count] of summary.matchAll(/^ℹ ([a-z]+) (\d+)$/gm))
    counts[name as keyof typeof counts] += Number(count);
  if (details) failures.push(details.trim());
  else if (code !== 0 || file) failures.push(`✖ ${file} ended its process: ${signal ?? code}\n${text}`);
}
