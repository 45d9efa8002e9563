import { minutes } from '../clock.ts';
import type { HttpRequest, HttpResponse } from '../http/transport.ts';
import { type PlainText, plain } from '../text/plain-text.ts';
import { inMinutes } from '../text/times.ts';

const tolerance = minutes(1);

/**
 * By how much this machine's clock is ahead of the server's, in milliseconds; undefined for no more than a minute, which
 * is what a slow response may make of it. Only of what no cache on the way may keep.
 * @see https://datatracker.ietf.org/doc/html/rfc9110#section-6.6.1
 */
export function clockSkew(
  { method }: HttpRequest,
  { headers }: HttpResponse,
  now: number,
): number | undefined {
  const ahead = now - Date.parse(headers['date'] ?? '');
  return method === 'POST' && Math.abs(ahead) > tolerance ? ahead : undefined;
}

/** Makes one warning of all that {@link clockSkew} finds in a run. */
export function warningOfSkew(warn: (line: PlainText) => void): (ahead: number) => void {
  let isReported = false;
  return (ahead) => {
    if (isReported) return;
    isReported = true;
    warn(
      plain`The clock of this machine is ${inMinutes(Math.abs(ahead))} ${ahead > 0 ? plain`ahead` : plain`behind`}, compared with the authority's. Every time that is shown may be wrong by as much, and a stored token may be used after it expired or be refreshed too early. Set the clock (NTP).`,
    );
  };
}
