import type { Socket } from 'node:net';

/**
 * Closes a socket when the attempt that it serves is over, however that ended. Errors of the socket are told to whoever
 * waits for it; one that comes later, or a second time, must not end the process.
 */
export function closeWith(socket: Socket, attempt: AbortSignal): void {
  socket.on('error', () => undefined);
  const close = (): void => void socket.destroy();
  if (attempt.aborted) close();
  else attempt.addEventListener('abort', close, { once: true });
}
