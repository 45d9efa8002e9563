import { debug, info, notice, warning } from '@actions/core';
import { longestLine, type PlainText, plainLine, plainText } from '../text/plain-text.ts';

/** The step's log. It accepts only harmless text, and writes each as one harmless line. */
export interface Log {
  readonly info: (line: PlainText) => void;
  readonly warning: (line: PlainText) => void;
  readonly debug: (line: PlainText) => void;
  /** An annotation of the run. */
  readonly notice: (line: PlainText, title: PlainText) => void;
}

export const runnerLog: Log = {
  info: (line) => info(plainLine(line)),
  warning: (line) => warning(plainText(line, longestLine)),
  debug: (line) => debug(plainText(line, longestLine)),
  notice: (line, title) => notice(plainText(line, longestLine), { title: plainText(title) }),
};
