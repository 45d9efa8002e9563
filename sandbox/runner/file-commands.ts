/**
 * Reads the files by which an action tells the runner its outputs, state, environment and paths.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs
 */

/**
 * Reads `NAME=value` lines and `NAME<<delimiter` blocks.
 *
 * @throws with the runner's words where the file breaks the format.
 */
export function parseFileCommands(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split('\n');
  // What follows the last line break is no line.
  if (lines.at(-1) === '') lines.pop();
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (withoutReturn(line) === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      values[line.slice(0, equals)] = withoutReturn(line.slice(equals + 1));
    } else if (heredoc >= 0) {
      values[line.slice(0, heredoc)] = takeBlock(lines, line, heredoc);
    } else {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return values;
}

/** Reads a file of paths, one a line. */
export function parsePathCommands(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== '');
}

function takeBlock(lines: string[], line: string, heredoc: number): string {
  const delimiter = withoutReturn(line.slice(heredoc + 2));
  if (heredoc === 0 || delimiter === '') {
    throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
  }
  const end = lines.findIndex((other) => withoutReturn(other) === delimiter);
  if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
  const block = lines.splice(0, end + 1).slice(0, -1);
  return block.map((part, index) => (index === block.length - 1 ? withoutReturn(part) : part)).join('\n');
}

/** On Windows the lines end in CRLF; elsewhere a carriage return is part of the value. */
function withoutReturn(line: string): string {
  return process.platform === 'win32' && line.endsWith('\r') ? line.slice(0, -1) : line;
}
