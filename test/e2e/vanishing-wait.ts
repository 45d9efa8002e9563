/** Loaded into the action before it starts: neither a timer nor a connection keeps the process running. */
const startTimer = globalThis.setTimeout;
globalThis.setTimeout = ((...timer: Parameters<typeof startTimer>) =>
  startTimer(...timer).unref()) as typeof startTimer;

const { _getActiveHandles: activeHandles } = process as unknown as {
  readonly _getActiveHandles: () => readonly { unref?(): void }[];
};
setInterval(() => {
  for (const handle of activeHandles.call(process)) handle.unref?.();
}, 50).unref();
