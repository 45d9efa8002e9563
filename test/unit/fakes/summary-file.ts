import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'summary-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/**
 * An empty file that the runner would show as the job summary. One for each process: the library looks only once where
 * it is.
 */
export function summaryFile(): string {
  const file = join(folder, 'summary.md');
  writeFileSync(file, '');
  process.env['GITHUB_STEP_SUMMARY'] = file;
  return file;
}
