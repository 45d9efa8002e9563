import { WaitTimeout, within } from '../bounded-wait.ts';
import { seconds } from '../clock.ts';
import type { DeviceCode, Waiting } from '../entra/device-flow.ts';
import { plain } from '../text/plain-text.ts';
import type { AccessTokens } from '../token/access-tokens.ts';
import { namesOf } from '../token/display-names.ts';
import type { Log } from './log.ts';
import {
  type Markdown,
  markdown,
  markdownCode,
  markdownInactivityExpiry,
  markdownLink,
  markdownText,
  markdownTime,
} from './markdown.ts';

const writeLimit = seconds(2);

/** What became of a sign-in. */
export interface SignedIn {
  readonly signIn: AccessTokens;
  /** Where, in words; empty for nowhere. */
  readonly savedTo: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The job summary of a step in which somebody was asked to sign in. Without a summary file the log alone tells. */
export class JobSummary {
  readonly #log: Log;
  readonly #mayNamePeople: boolean;
  #hangs = false;

  constructor(log: Log, mayNamePeople: boolean) {
    this.#log = log;
    this.#mayNamePeople = mayNamePeople;
  }

  async showCode(
    { userCode, verificationUri, warning, waitUntil }: DeviceCode,
    waiting: Waiting,
  ): Promise<void> {
    const goesOn =
      waiting === 'later'
        ? [
            markdown``,
            markdown`This job does not wait for you. A later job of this run does, and goes on when you have signed in.`,
          ]
        : [];
    await this.#write([
      markdown`## Sign-in needed`,
      ...(warning === '' ? [] : [markdown`**${markdownText(warning)}**`, markdown``]),
      markdown`1. Open ${markdownLink(verificationUri)}`,
      markdown`2. Enter the code ${markdownCode(userCode)}`,
      markdown``,
      markdown`The code is good until **${markdownTime(waitUntil)}**. Enter it only if you started this run, or were told about it.`,
      ...goesOn,
    ]);
  }

  async showSignedIn({ signIn, savedTo, at }: SignedIn): Promise<void> {
    const show = namesOf(signIn.cache);
    const several = signIn.tokens.length > 1;
    const who = this.#mayNamePeople
      ? [
          markdown`| Account | ${markdownText(show(signIn.account.username))} |`,
          markdown`| Tenant | ${markdownText(show(signIn.account.tenantId))} |`,
        ]
      : [];
    await this.#write([
      markdown`## Signed in`,
      markdown`| | |`,
      markdown`|---|---|`,
      ...who,
      markdown`| Scopes granted | ${markdownText(show(signIn.scopes.join(' ')))} |`,
      ...(several
        ? [
            markdown`| Tokens for | ${markdownText(signIn.tokens.map(({ resource }) => resource).join(', '))} |`,
          ]
        : []),
      markdown`| Valid until | ${markdownTime(signIn.expiresOn.getTime())} |`,
      markdown`| Saved to | ${savedTo ? markdownText(savedTo) : markdown`nowhere: the next run will ask again`} |`,
      markdown`| If unused, expires on | ${markdownInactivityExpiry(at)} |`,
    ]);
  }

  /** @param savedTo where an earlier one of several sign-ins was saved all the same, in words; empty for nowhere */
  async showFailed(savedTo: string): Promise<void> {
    const kept = savedTo
      ? markdown`No token was output. The sign-in before it is saved to ${markdownText(savedTo)}.`
      : markdown`Nothing was output or saved.`;
    await this.#write([
      markdown`## Sign-in failed`,
      kept,
      markdown``,
      markdown`The log of this step says why, and what to do.`,
    ]);
  }

  async #write(lines: readonly Markdown[]): Promise<void> {
    if (!process.env['GITHUB_STEP_SUMMARY'] || this.#hangs) return;
    try {
      const { summary } = await import('./summary-file.ts');
      const writing = summary
        .emptyBuffer()
        .addRaw(`${lines.join('\n')}\n`)
        .write({ overwrite: true });
      // A disk that hangs must not keep the code from being polled for, nor a cancelled run from ending.
      await within(writing, { timeout: writeLimit });
    } catch (error) {
      this.#hangs = error instanceof WaitTimeout;
      this.#log.debug(plain`The job summary could not be written.`);
    }
  }
}
