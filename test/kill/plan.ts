/** Which run is ended, by what, and when. */
import { randomFrom } from './random.ts';

export const victims = ['refresh', 'sign-in', 'forced sign-in', 'waiting'] as const;
export const signals = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;

/** What the run was about. `waiting`: nobody comes to sign in. */
export type Victim = (typeof victims)[number];

export interface Kill {
  readonly number: number;
  readonly victim: Victim;
  readonly signal: (typeof signals)[number];
  /** When, as a part of the time that such a run takes, or that its answer takes to come. */
  readonly moment: number;
  /** Counted from when Entra has redeemed the code or rotated the refresh token, and holds back its answer. */
  readonly isAnswerOnItsWay: boolean;
}

/** How long Entra holds back an answer that is on its way, in milliseconds. */
export const heldBack = 800;

/** So many kills, the same for the same seed: each kind of run meets each signal as often as any other. */
export function planKills(count: number, seed: number): Kill[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    victim: victims[index % victims.length] ?? 'refresh',
    signal: signals[Math.floor(index / victims.length) % signals.length] ?? 'SIGKILL',
    moment: random(),
    isAnswerOnItsWay: false,
  }));
}

const withAnswer = ['refresh', 'sign-in', 'forced sign-in'] as const;

/** So many cancellations while an answer is on its way, or just after: the same for the same seed. */
export function planCancellations(count: number, seed: number): Kill[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    victim: withAnswer[index % withAnswer.length] ?? 'refresh',
    signal: 'SIGINT',
    moment: random() * 1.2,
    isAnswerOnItsWay: true,
  }));
}
