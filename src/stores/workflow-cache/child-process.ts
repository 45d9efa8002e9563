import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { seconds } from '../../clock.ts';
import { childEnvironment } from './child-environment.ts';

/** What differs between the systems, for tests to say which one it is. */
export interface System {
  readonly platform: NodeJS.Platform;
  /** Runs a program to its end. */
  readonly run: (program: string, args: readonly string[]) => void;
}

const thisSystem: System = {
  platform: process.platform,
  run: (program, args) =>
    void spawnSync(program, args, { stdio: 'ignore', windowsHide: true, timeout: seconds(5) }),
};

/**
 * Starts a Node program that is heard over IPC only, in a folder that it takes for the workspace and the runner's
 * temporary folder.
 */
export function startProgram(program: string, folder: string, environment: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [program], {
    cwd: folder,
    env: childEnvironment(environment, folder),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // A group of its own, so that its tar ends with it, and so that Ctrl-C in a terminal does not reach it. Windows has
    // no such groups; there a console of its own, which is never seen, keeps Ctrl-C away.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

/** Ends a process that {@link startProgram} started, and all that it started. */
export function endProcess(child: ChildProcess, { platform, run }: System = thisSystem): void {
  if (child.pid === undefined) return;
  if (platform === 'win32') {
    // The end of a process is not that of its children there: its tar would keep the folder from being removed.
    if (child.exitCode === null && child.signalCode === null)
      run('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
