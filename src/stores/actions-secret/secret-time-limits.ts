import { seconds } from '../../clock.ts';

/** Of one attempt at one request to GitHub's API. */
export const attemptTimeout = seconds(10);
/** The least that an attempt needs; with less left, none is begun. */
export const shortestAttempt = seconds(2);
/** The wait that GitHub's documentation asks for when a limit names none. */
export const defaultRetryAfter = seconds(60);

/** Saving a refreshed sign-in: GitHub being down costs a run without a person at most this much. */
export const saveLimit = seconds(15);
/** Saving a new sign-in: long enough for one wait of a minute, which is what GitHub asks for when it limits writes. */
export const newSignInLimit = seconds(90);
/** Testing whether the secret can be written. */
export const probeLimit = seconds(30);
/** Removing what the test wrote, in a run that was cancelled: the platform leaves it 7.5 s. */
export const cleanupLimit = seconds(4);
