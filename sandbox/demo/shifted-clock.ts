/**
 * A clock that is ahead, so that a later run finds its token expired: what `Date` says, in this process and in that of an
 * action. Waits take as long as ever.
 */
const variable = 'SANDBOX_CLOCK_AHEAD_MILLISECONDS';
const RealDate = Date;

/** Sets the clock of this process ahead of the real one. */
export function setClockAhead(milliseconds: number): void {
  const now = (): number => RealDate.now() + milliseconds;
  class ShiftedDate extends RealDate {
    constructor(...parts: readonly unknown[]) {
      super(...((parts.length === 0 ? [now()] : parts) as [number]));
    }
    static override now(): number {
      return now();
    }
  }
  globalThis.Date = ShiftedDate as DateConstructor;
}

/** What an action's process needs in its environment for its clock to be ahead as well. */
export function environmentWithClockAhead(milliseconds: number): Readonly<Record<string, string>> {
  return milliseconds === 0
    ? {}
    : { NODE_OPTIONS: `--import=${import.meta.url}`, [variable]: String(milliseconds) };
}

/** The next 03:00 UTC by which a token that is new now has expired. */
export function nextNight(): Date {
  const longestLifetime = 2 * 60 * 60_000;
  const night = new Date();
  night.setUTCHours(3, 0, 0, 0);
  while (night.getTime() < Date.now() + longestLifetime) night.setUTCDate(night.getUTCDate() + 1);
  return night;
}

// Loaded by an action's process before the action.
const ordered = process.env[variable];
if (ordered !== undefined) setClockAhead(Number(ordered));
