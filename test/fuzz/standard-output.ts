import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { parseWorkflowCommand, type WorkflowCommand } from '../../sandbox/runner/workflow-command.ts';

/** What is printed while something runs that does not wait, by the stream or at once, line by line as the runner reads it. */
export function printedBy<T>(work: () => T): { readonly result: T; readonly lines: readonly string[] } {
  const write = process.stdout.write;
  const { writeSync } = fs;
  let text = '';
  fs.writeSync = ((file: number, bytes: Uint8Array) => {
    if (file === 1) text += String(bytes);
    return bytes.length;
  }) as typeof fs.writeSync;
  syncBuiltinESMExports();
  process.stdout.write = (chunk: string | Uint8Array): boolean => {
    text += String(chunk);
    return true;
  };
  try {
    return { result: work(), lines: linesOf(() => text) };
  } finally {
    process.stdout.write = write;
    fs.writeSync = writeSync;
    syncBuiltinESMExports();
  }
}

function linesOf(text: () => string): readonly string[] {
  return text()
    .replace(/\r?\n$/, '')
    .split(/\r\n|\r|\n/);
}

/** The command that the runner takes a line for, whatever its name is. */
export function commandIn(line: string): WorkflowCommand | undefined {
  return parseWorkflowCommand(line, () => true);
}
