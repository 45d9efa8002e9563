import { days } from '../clock.ts';
import { type PlainText, plain, plainText } from './plain-text.ts';

/** `2026-11-24 20:30 UTC` */
export function inUtc(time: number): PlainText {
  return plain`${plainText(new Date(time).toISOString().slice(0, 16).replace('T', ' '))} UTC`;
}

/** `14 minutes`; never less than one. */
export function inMinutes(milliseconds: number): PlainText {
  const count = Math.max(1, Math.ceil(milliseconds / 60_000));
  return count === 1 ? plain`1 minute` : plain`${count} minutes`;
}

/** When Entra forgets a refresh token that was last used at the given time: after 90 days. */
export function inactivityExpiry(usedAt: number): PlainText {
  return plainText(new Date(usedAt + days(90)).toISOString().slice(0, 10));
}
