import { stripVTControlCharacters } from 'node:util';

// What is not seen, or not seen as itself: control characters, those that reorder or hide text, separators that some
// programs take for line breaks, halves of characters, unassigned ones, and those that leave no trace where they stand.
const unseen = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]+/gu;

/**
 * Makes text that came from a server harmless for a log line: one line, printable, nothing that the runner would
 * execute as a workflow command (`::command::` at the start of a line, `##[command]` anywhere in it). What is unseen
 * becomes a space before commands are looked for, and nothing is taken away after: so no command is put together.
 * @param text anything; what is not a string becomes the empty string
 * @param maximumLength in characters; longer text ends with an ellipsis
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function plainText(text: unknown, maximumLength = 300): string {
  if (typeof text !== 'string') return '';
  const line = withoutEscapes(text.slice(0, maximumLength * 4))
    .replace(unseen, ' ')
    .replace(/:(?=:)/g, ': ')
    .replace(/##\[/g, '## [')
    .trim();
  return line.length > maximumLength ? `${wholeCharacters(line, maximumLength - 1)}…` : line;
}

/** Not more than so many UTF-16 units from the start, and no half of a character. */
function wholeCharacters(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

// Node's expression takes a time that grows with the square of what a hostile sequence is long.
const piecesToSearch = /[\s\S]{1,1024}/g;

/** An escape sequence goes as a whole: without its ESC the rest would stay behind as "[31m". */
function withoutEscapes(text: string): string {
  return text.replace(piecesToSearch, (piece) => stripVTControlCharacters(piece));
}
