// Control characters, and the invisible ones that reorder or hide text (bidirectional controls, zero width, line separators).
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

// An ANSI escape sequence goes as a whole: without its ESC the rest would stay behind as "[31m".
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const ansiSequence = /[\u001b\u009b][[\]()#;?]*(?:[0-9]{1,4}(?:;[0-9]{0,4})*)?[0-9A-ORZcf-nqry=><~]?/g;

/**
 * Makes text that came from a server harmless for a log line: one line, printable, nothing that the runner would
 * execute as a workflow command (`::command::` at the start of a line, `##[command]` anywhere in it).
 * @param text anything; what is not a string becomes the empty string
 * @param maximumLength in characters; longer text ends with an ellipsis
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function plainText(text: unknown, maximumLength = 300): string {
  if (typeof text !== 'string') return '';
  const line = text
    .slice(0, maximumLength * 4)
    .replace(ansiSequence, '')
    .replace(unprintable, ' ')
    .replace(/:(?=:)/g, ': ')
    .replace(/##\[/g, '## [')
    .replace(/ {2,}/g, ' ')
    .trim();
  return line.length > maximumLength ? `${line.slice(0, maximumLength - 1)}…` : line;
}
