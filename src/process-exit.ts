/** What waits in a thread of libuv: a look-up in DNS, an operation on a disk. */
const isInThread = (resource: string): boolean => /^(FSReq|GetAddrInfoReq|GetNameInfoReq)/.test(resource);

/**
 * Ends the process now, whatever it still waits for. `process.exit` alone would wait for the threads of libuv: a look-up in
 * DNS that hangs would hold it for half a minute, a disk that hangs for ever. So where one is at work the process ends
 * itself by a signal that nothing delays, once its own last duties (listeners of `exit`) are done. That is no success, so
 * it is for failures only.
 * @param code of a failure
 */
export function exitWithFailure(code = 1): never {
  if (process.getActiveResourcesInfo().some(isInThread))
    process.on('exit', () => process.kill(process.pid, 'SIGKILL'));
  process.exit(code);
}
