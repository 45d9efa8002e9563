import { seconds } from '../../clock.ts';

// The service being down costs a run without a person at most 15 s in all, a new sign-in at most a minute more.

/** For all that a run without a person does with the service. */
export const runLimit = seconds(15);
/** Restoring, as a part of that. */
export const restoreLimit = seconds(10);
/** Looking for entries that are not restored, as a part of that. */
export const lookUpLimit = seconds(5);
/** Saving a new sign-in. */
export const newSignInLimit = seconds(60);
/** Testing whether this machine can pack archives. */
export const probeLimit = seconds(10);

/** One attempt to save a new sign-in: the library waits without end for the rest of a response that was cut off. */
export const newSignInAttempt = seconds(20);
/** Attempts to save a refreshed sign-in. One connection that breaks must not leave the store without it: the older refresh token may have been revoked. */
export const saveAttempts = 2;
/** Between two attempts to save. */
export const saveDelay = seconds(2);
/** A process that is started and killed at once tells nothing: with less left, none is started. */
export const shortestAttempt = seconds(1);

/** Attempts to restore an entry, in the process that runs the library, and the wait between them. */
export const restoreAttempts = 3;
export const restoreDelay = seconds(1);

/** What a disk does, or a process that was killed, takes no time to speak of; one that hangs is not waited for. */
export const diskLimit = seconds(5);

/** Some cache services sort entries by the second in which they were made. */
export const sortingUnit = seconds(1);
