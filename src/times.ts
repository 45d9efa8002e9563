import { days } from './clock.ts';

/** `2026-11-24 20:30 UTC` */
export function inUtc(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `14 minutes`; never less than one. */
export function inMinutes(milliseconds: number): string {
  const count = Math.max(1, Math.ceil(milliseconds / 60_000));
  return count === 1 ? '1 minute' : `${count} minutes`;
}

/** When Entra forgets a refresh token that was last used at the given time: after 90 days. */
export function diesUnused(usedAt: number): string {
  return new Date(usedAt + days(90)).toISOString().slice(0, 10);
}
