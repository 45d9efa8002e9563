import { debug, info, warning } from '@actions/core';
import { plainText } from '../plain-text.ts';

/** The step's log. Whatever is passed is made one harmless line first. */
export interface Log {
  info(line: string): void;
  warning(line: string): void;
  debug(line: string): void;
}

const longestLine = 1000;

export const runnerLog: Log = {
  info: (line) => info(indented(line)),
  warning: (line) => warning(plainText(line, longestLine)),
  debug: (line) => debug(plainText(line, longestLine)),
};

function indented(line: string): string {
  const indent = /^ */.exec(line)?.[0] ?? '';
  return indent + plainText(line, longestLine);
}
