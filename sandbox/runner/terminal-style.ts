/** Emphasis in a terminal. */
import { stripVTControlCharacters, styleText } from 'node:util';

export interface Style {
  readonly bold: (text: string) => string;
  readonly italic: (text: string) => string;
  readonly code: (text: string) => string;
  readonly link: (text: string) => string;
}

/** @param styled false: no control characters at all, for a pipe or a test. */
export function terminalStyle(styled: boolean): Style {
  const style = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    // An empty style would still be a pair of control sequences.
    styled && text !== '' ? styleText(format, text, { validateStream: false }) : text;
  return { bold: style('bold'), italic: style('italic'), code: style('cyan'), link: style('underline') };
}

/** Columns a text takes. */
export function visibleWidth(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
