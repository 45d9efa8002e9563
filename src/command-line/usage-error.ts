/** The command cannot do anything as it was called. Nothing was done; the exit code is {@link exitCodes.usage}. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What the process ends with. A signal adds its number to 128, as shells do: 130 for SIGINT. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;
