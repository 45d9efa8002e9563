import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const demo = join(import.meta.dirname, '../../sandbox/demo.ts');

/** Runs `npm run demo -- …` without a terminal. */
export async function runDemo(...args: readonly string[]) {
  const child = spawn(process.execPath, [demo, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [exitCode] = await ended;
  return { exitCode: exitCode as number | null, stdout, stderr };
}

/** What the demo shows of each run, or of each job of it. */
export function runsIn(stdout: string): readonly string[] {
  return stdout.split('━━ ').filter((part) => part.startsWith('Run '));
}
