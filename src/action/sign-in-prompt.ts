import { notice } from '@actions/core';
import { inMinutes, inUtc } from '../times.ts';
import type { DeviceCode } from '../token/device-code.ts';
import type { JobSummary } from './job-summary.ts';
import type { Log } from './log.ts';

/**
 * Shows the code wherever a person may look: as plain lines of the log, which are live; as a notice; in the job summary,
 * which the platform shows when the job ends.
 */
export async function showDeviceCode(
  { userCode, verificationUri, waitUntil }: DeviceCode,
  now: number,
  log: Log,
  summary: JobSummary,
): Promise<void> {
  const left = inMinutes(waitUntil - now);
  log.info('');
  log.info('To let this workflow act as you, sign in now:');
  log.info(`  1. open        ${verificationUri}`);
  log.info(`  2. enter code  ${userCode}`);
  log.info(
    `The code is good for ${left}, until ${inUtc(waitUntil)}. Enter it only if you started this run, or were told about it.`,
  );
  log.info('');
  notice(`Sign in at ${verificationUri} with the code ${userCode} (${left})`, { title: 'Sign-in needed' });
  await summary.showCode({ userCode, verificationUri, waitUntil });
}

/** One line with everything in it: who opens the log late sees only its end. */
export function remindOfDeviceCode(
  { userCode, verificationUri }: DeviceCode,
  millisecondsLeft: number,
  log: Log,
): void {
  log.info(
    `Waiting for the sign-in: open ${verificationUri} and enter ${userCode} (${inMinutes(millisecondsLeft)} left)`,
  );
}
