import { seconds } from '../clock.ts';

// The log has a moment to be read.
const usualDelay = seconds(1);
const longestDelay = seconds(5);

/**
 * Ends a process that is done or has failed, whatever it still waits for: after one second, or when a save that is then under way is
 * finished, at the latest five seconds from now.
 * @param saving asked once the second is over; must not reject
 * @param exit ends the process, whatever a thread is at work with
 */
export function exitSoon(saving: () => Promise<unknown>, exit: () => void): void {
  setTimeout(() => {
    setTimeout(exit, longestDelay - usualDelay).unref();
    void saving().then(exit, exit);
  }, usualDelay).unref();
}
