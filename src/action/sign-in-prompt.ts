import { notice } from '@actions/core';
import { inMinutes, inUtc } from '../times.ts';
import type { DeviceCode, Waiting } from '../token/device-code.ts';
import type { JobSummary } from './job-summary.ts';
import type { Log } from './log.ts';

const invitations: Readonly<Record<Waiting, string>> = {
  here: 'To let this workflow act as you, sign in now:',
  later: 'To let this workflow act as you, sign in now:',
  'begun-before': 'An earlier job of this run began a sign-in. If you have not signed in yet, do it now:',
};

/**
 * Shows the code wherever a person may look: as plain lines of the log, which are live; as a notice; in the job summary,
 * which the platform shows when the job ends.
 */
export async function showDeviceCode(
  code: DeviceCode,
  now: number,
  log: Log,
  summary: JobSummary,
  waiting: Waiting = 'here',
): Promise<void> {
  const { userCode, verificationUri, warning, waitUntil } = code;
  const left = inMinutes(waitUntil - now);
  log.info('');
  if (warning !== '') log.warning(warning);
  log.info(invitations[waiting]);
  log.info(`  1. open        ${verificationUri}`);
  log.info(`  2. enter code  ${userCode}`);
  log.info(
    `The code is good for ${left}, until ${inUtc(waitUntil)}. Enter it only if you started this run, or were told about it.`,
  );
  log.info('');
  // The job that began it has given notice.
  if (waiting !== 'begun-before')
    notice(`Sign in at ${verificationUri} with the code ${userCode} (${left})`, { title: 'Sign-in needed' });
  await summary.showCode(code, waiting);
}

/** One line with everything in it: who opens the log late sees only its end. */
export function remindOfDeviceCode(
  { userCode, verificationUri, warning }: DeviceCode,
  millisecondsLeft: number,
  log: Log,
): void {
  const waiting = `Waiting for the sign-in: open ${verificationUri} and enter ${userCode} (${inMinutes(millisecondsLeft)} left)`;
  log.info(warning === '' ? waiting : `${warning} ${waiting}`);
}
