import { stripVTControlCharacters } from 'node:util';

declare const harmless: unique symbol;

/**
 * Text that is harmless for a log line, as {@link plainText} makes it. Only this file makes one, so that the compiler
 * refuses any other text where people read it.
 */
export type PlainText = string & { readonly [harmless]: true };

/** As long as a line of the log may be. */
export const longestLine = 1000;

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
export function plainText(text: unknown, maximumLength = 300): PlainText {
  if (typeof text !== 'string') return emptyText;
  const printable = withoutEscapes(text.slice(0, maximumLength * 4)).replace(unseen, ' ');
  const line = withoutCommands(printable).trim();
  return (line.length > maximumLength ? `${wholeCharacters(line, maximumLength - 1)}…` : line) as PlainText;
}

/** {@link plainText} of a line that may be indented: the spaces at its start stay. */
export function plainLine(line: string, maximumLength = longestLine): PlainText {
  const indent = /^ */.exec(line)?.[0] ?? '';
  return (indent + plainText(line, maximumLength)) as PlainText;
}

/**
 * Makes a text of this action's own words, which are in the template, and of what is harmless already. No command is put
 * together where two of them meet.
 */
export function plain(words: TemplateStringsArray, ...filledIn: readonly (PlainText | number)[]): PlainText {
  return withoutCommands(String.raw({ raw: words }, ...filledIn)) as PlainText;
}

/** The empty text. */
export const emptyText: PlainText = plain``;

/** Texts in a row, with this action's own words between them. */
export function joined(texts: readonly PlainText[], between: PlainText): PlainText {
  return withoutCommands(texts.join(between)) as PlainText;
}

/** A word with its first letter in upper case. */
export function capitalized(text: PlainText): PlainText {
  return (text.charAt(0).toUpperCase() + text.slice(1)) as PlainText;
}

function withoutCommands(text: string): string {
  return text.replace(/:(?=:)/g, ': ').replace(/##\[/g, '## [');
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
