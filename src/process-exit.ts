import { accessSync } from 'node:fs';

/** What waits in a thread of libuv: a look-up in DNS, an operation on a disk. */
const isInThread = (resource: string): boolean => /^(FSReq|GetAddrInfoReq|GetNameInfoReq)/.test(resource);

/**
 * Ends the process now, whatever it still waits for. `process.exit` alone would wait for the threads of libuv: a look-up in
 * DNS that hangs would hold it for half a minute, a disk that hangs without end. So where one is at work the process ends
 * itself by a signal that nothing delays, once its own last duties (listeners of `exit`) are done. That is no success, so
 * it is for failures only.
 * @param code of a failure
 */
export function exitWithFailure(code = 1): never {
  if (process.getActiveResourcesInfo().some(isInThread))
    process.on('exit', () => process.kill(process.pid, 'SIGKILL'));
  process.exit(code);
}

/** Paths of the program that does nothing and succeeds. */
const truePrograms = ['/bin/true', '/usr/bin/true'];
/** `X_OK` of POSIX. The constants of `node:fs` would be a part of the bundle that each silent run has to load. */
const executable = 1;

/**
 * Ends the process now as a success, whatever it still waits for. Where a thread is at work (see {@link exitWithFailure})
 * the process becomes another program, one that succeeds at once, when its last duties (listeners of `exit`) are done:
 * there is no other way to end with 0 without waiting for the thread. On Windows, and in Node before 22.15, there is not
 * even this one, and the thread is waited for.
 */
export function exitWithSuccess(): never {
  if (process.getActiveResourcesInfo().some(isInThread)) process.on('exit', becomeSuccess);
  process.exit(0);
}

function becomeSuccess(): void {
  if (process.platform === 'win32') return;
  const program = truePrograms.find(isExecutable);
  if (program === undefined) return;
  // The warning that the function is experimental is not for the reader of the log.
  process.emitWarning = () => undefined;
  try {
    process.execve?.(program, [program], {});
  } catch {
    // It is not allowed here, so the process ends as usual.
  }
}

// Node aborts where the program cannot be run.
function isExecutable(path: string): boolean {
  try {
    accessSync(path, executable);
    return true;
  } catch {
    return false;
  }
}
