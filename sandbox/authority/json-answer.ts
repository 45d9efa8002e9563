import type { Answer } from '../faults.ts';

/** An answer as Entra and Graph give them: JSON that nobody may keep. */
export function jsonAnswer(status: number, body: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store, no-cache' },
    body: JSON.stringify(body),
  };
}
