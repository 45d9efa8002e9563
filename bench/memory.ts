import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Program } from './program.ts';

const time = '/usr/bin/time';

/**
 * Megabytes (10^6 bytes) that the largest process of a run holds at its peak, the most of a few runs.
 * @throws where GNU time is not installed, or the program fails
 */
export async function peakMemory(program: Program, runs: number): Promise<number> {
  if (!existsSync(time)) throw new Error('GNU time is not installed');
  const peaks: number[] = [];
  for (let index = 0; index < runs; index++) {
    program.before?.();
    const args = ['-f', 'peak %M', program.command, ...program.args];
    const { stdout, stderr } = await promisify(execFile)(time, args, {
      cwd: program.cwd,
      env: program.env,
      timeout: 120_000,
    });
    if (!program.prints.test(stdout)) throw new Error('it did not do its work');
    peaks.push(Number(/^peak (\d+)/m.exec(stderr)?.[1]) * 1024);
  }
  return Math.max(...peaks) / 1_000_000;
}
