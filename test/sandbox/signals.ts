/** For tests that send signals: on Windows Node cannot, it ends the process instead; the console sends them there. */
export const needsSignals = {
  skip: process.platform === 'win32' && 'Node sends no signals on Windows',
} as const;
