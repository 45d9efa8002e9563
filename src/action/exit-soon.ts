import { seconds } from '../clock.ts';

// Gives the runner a moment to read the log.
const usualDelay = seconds(1);
const longestDelay = seconds(5);

/**
 * Ends a process that is done or has failed, whatever it still waits for: after one second, or when a save in progress is
 * finished, but within five seconds.
 * @param saving asked once the second is over; must not reject
 * @param exit ends the process, whatever a thread is at work with
 */
export function exitSoon(saving: () => Promise<unknown>, exit: () => void): void {
  setTimeout(() => {
    setTimeout(exit, longestDelay - usualDelay).unref();
    void saving().then(exit, exit);
  }, usualDelay).unref();
}
