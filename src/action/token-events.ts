import { plain } from '../text/plain-text.ts';
import { namesOf } from '../token/display-names.ts';
import type { TokenEvents } from '../token/token-ports.ts';
import type { Log } from './log.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** Logs what happens on the way to a token. */
export function createTokenEvents(
  log: Pick<Log, 'info' | 'warning'>,
  { isPrivate }: Pick<WorkflowRun, 'isPrivate'>,
): TokenEvents {
  return {
    onIgnored: (origin, reason) => log.info(plain`The sign-in from ${origin} is ignored: ${reason}.`),
    onAccountTaken({ username, homeAccountId }, cache, count) {
      const show = namesOf(cache);
      const whose = isPrivate
        ? plain`that of ${show(username)} (${show(homeAccountId)})`
        : plain`the first one that works`;
      log.info(
        plain`The stored sign-in holds ${count} accounts, and ${whose} is used. To choose, set the input account.`,
      );
    },
    onShortLifetime: (lifetime) =>
      log.warning(
        plain`The new token is valid for ${Math.floor(lifetime / 60_000)} minutes, less than minimum-lifetime-minutes asks for. It is used nevertheless: the server issues none that is valid longer.`,
      ),
    onFurtherCode: () => log.info(plain`Another code follows, for the same person.`),
  };
}
