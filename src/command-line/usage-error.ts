/** The command was called incorrectly. Nothing was done; the exit code is {@link exitCodes.usage}. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Exit codes of the process. A signal adds its number to 128, as shells do: 130 for SIGINT. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;
