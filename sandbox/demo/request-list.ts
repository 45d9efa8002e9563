import type { LoggedRequest } from '../authority/request-log.ts';

/** What the list shows of a request. */
export type ShownRequest = Pick<LoggedRequest, 'method' | 'path' | 'grantType' | 'status' | 'error'>;

/** One line for each request; for requests that repeat, such as polls while a sign-in is pending, one line with their number. */
export function formatRequests(requests: readonly ShownRequest[]): readonly string[] {
  const groups: { line: string; count: number }[] = [];
  for (const line of requests.map(formatRequest)) {
    const last = groups.at(-1);
    if (last?.line === line) last.count += 1;
    else groups.push({ line, count: 1 });
  }
  return [
    ...groups.map(({ line, count }) => (count === 1 ? line : `${line} (${count} times)`)),
    `Total: ${requests.length}`,
  ];
}

function formatRequest({ method, path, grantType, status, error }: ShownRequest): string {
  const asked = [method, path, grantType && `grant_type=${grantType}`];
  return [...asked, '→', status ?? 'no response', error].filter(Boolean).join(' ');
}
