import type { DeviceCode, Waiting } from '../entra/device-flow.ts';
import { emptyText, longestLine, type PlainText, plain, plainText } from '../text/plain-text.ts';
import { inMinutes, inUtc } from '../text/times.ts';
import type { JobSummary } from './job-summary.ts';
import type { Log } from './log.ts';

const invitations: Readonly<Record<Waiting, PlainText>> = {
  here: plain`To let this workflow act as you, sign in now:`,
  later: plain`To let this workflow act as you, sign in now:`,
  'begun-before': plain`An earlier job of this run began a sign-in. If you have not signed in yet, do it now:`,
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
  const { warning, waitUntil } = code;
  const { userCode, address } = shown(code);
  const left = inMinutes(waitUntil - now);
  log.info(emptyText);
  if (warning !== '') log.warning(warning);
  log.info(invitations[waiting]);
  log.info(plain`  1. open        ${address}`);
  log.info(plain`  2. enter code  ${userCode}`);
  log.info(
    plain`The code is good for ${left}, until ${inUtc(waitUntil)}. Enter it only if you started this run, or were told about it.`,
  );
  log.info(emptyText);
  // The job that began it has given notice.
  if (waiting !== 'begun-before')
    log.notice(plain`Sign in at ${address} with the code ${userCode} (${left})`, plain`Sign-in needed`);
  await summary.showCode(code, waiting);
}

/** One line with everything in it: who opens the log late sees only its end. */
export function remindOfDeviceCode(code: DeviceCode, millisecondsLeft: number, log: Log): void {
  const { warning } = code;
  const { userCode, address } = shown(code);
  const waiting = plain`Waiting for the sign-in: open ${address} and enter ${userCode} (${inMinutes(millisecondsLeft)} left)`;
  log.info(warning === '' ? waiting : plain`${warning} ${waiting}`);
}

function shown({ userCode, verificationUri }: DeviceCode): {
  readonly userCode: PlainText;
  readonly address: PlainText;
} {
  return { userCode: plainText(userCode), address: plainText(verificationUri, longestLine) };
}
