/** A figure that could not be had. Nothing is estimated in its place: the table tells the reason. */
export interface Missing {
  /** One line. */
  readonly missing: string;
}

/** What is measured, or why it is not there: one row that fails must not end the others. */
export async function orMissing<T>(measure: () => Promise<T>): Promise<T | Missing> {
  try {
    return await measure();
  } catch (error) {
    return { missing: reasonOf(error) };
  }
}

export function isMissing(value: unknown): value is Missing {
  return typeof value === 'object' && value !== null && 'missing' in value;
}

// In a text of many lines, where the reason most likely stands.
const signs = [/ not found|cannot find|no such|ENOENT/i, /\b\w*Error: /, /error|failed/i];

/** One line, without paths of this machine. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const sign = signs.find((one) => lines.some((line) => one.test(line)));
  const line = lines.find((candidate) => sign?.test(candidate)) ?? lines[0] ?? 'no reason was given';
  return line
    .replace(/^(npm error )?(gyp ERR! )?/, '')
    .replace(/(?<![\w.])\/[\w.@/-]+\//g, '')
    .replaceAll('|', '/')
    .trim()
    .slice(0, 200);
}
