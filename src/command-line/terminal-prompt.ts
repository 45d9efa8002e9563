import { seconds } from '../clock.ts';
import { longestLine, plain, plainText } from '../text/plain-text.ts';
import { inMinutes, inUtc } from '../text/times.ts';
import { acquireTokenByBrowser, loopbackRedirectUri } from '../token/browser-sign-in.ts';
import type { Person, SignInFlow } from '../token/token-ports.ts';
import { openBrowser } from './open-browser.ts';
import { longestTerminalLine, type Terminal } from './terminal.ts';

/** Asks the person at the terminal to sign in. */
export function createPrompt({ log }: Terminal): Person {
  let wasAsked = false;
  return {
    reminderInterval: seconds(30),
    async prompt(reason) {
      if (wasAsked) log(plain`Sign in once more, with the same account: ${reason}.`);
      wasAsked = true;
    },
    async show({ userCode, verificationUri, warning, waitUntil }) {
      if (warning !== '') log(plain`Warning: ${warning}`);
      log(
        plain`To sign in, open ${plainText(verificationUri, longestTerminalLine)} and enter code ${plainText(userCode)}`,
        plain`The code expires at ${inUtc(waitUntil)}.`,
      );
    },
    remind({ userCode, verificationUri }, left) {
      log(
        plain`Waiting for code ${plainText(userCode)} at ${plainText(verificationUri, longestTerminalLine)}: ${inMinutes(left)} left.`,
      );
    },
  };
}

/** Signs in with the browser of this machine. */
export function createBrowserFlow({ log }: Terminal): SignInFlow {
  const open = async (url: string): Promise<void> => {
    log(
      plain`The app registration must have the redirect URI ${plainText(loopbackRedirectUri)} (Authentication, "Mobile and desktop applications"). Any port works.`,
      plain`Sign in with the browser that opens. If none opens, open this address on this machine:`,
      plainText(url, longestTerminalLine),
    );
    openBrowser(url, (problem) =>
      log(
        plain`The browser did not open (${plainText(problem, longestLine)}). Open the address above, or use --device-code if this machine has no browser.`,
      ),
    );
  };
  return (wanted, ports) => acquireTokenByBrowser({ open }, wanted, ports);
}
