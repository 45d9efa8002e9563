import fc from 'fast-check';

/** Pieces that a log page, a terminal, Markdown or a browser would act upon. */
const pieces = [
  '::',
  ':',
  '::error::x',
  '::add-mask::e',
  '::set-output name=access-token::x',
  '::stop-commands::x',
  '##[',
  '##',
  '[group]x',
  '##[error]x',
  '\u001b[31m',
  '\u001b[2J',
  '\u009b1m',
  '\u001b]8;;https://evil.example\u0007',
  '\r',
  '\n',
  '\r\n',
  '\n\n',
  '\u2028',
  '\u0085',
  '\u0000',
  '\u0008',
  '\u001b]8;;https://evil.example\u001b\\',
  '\u200b',
  '\u202e',
  '\ufe0f',
  '\u034f',
  '\u{e0041}',
  '\ud800',
  '%0A',
  '%0A::error::x',
  '%25',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</td></tr></table>',
  '<!--',
  '-->',
  '[click](https://evil.example)',
  '![](https://evil.example/x.png)',
  '<https://evil.example>',
  'https://evil.example',
  'www.evil.example',
  'mail@evil.example',
  '@octocat',
  '#1',
  '**b**',
  '_i_',
  '~~s~~',
  '`',
  '```',
  '|',
  '\\',
  '&lt;b&gt;',
  '&#60;b&#62;',
  '# h',
  '- item',
  '> quote',
  ' ',
  '\t',
] as const;

/** Text as a hostile server would send it. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...pieces) },
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(''));

// Control characters, those that reorder or hide text or leave no trace, and the separators that some programs take for
// line breaks.
const alive = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** In words, what in a line of the log is still alive; undefined when it is harmless. */
export function aliveIn(line: string): string | undefined {
  if (alive.test(line)) return 'a control character';
  if (line.includes('##[')) return 'a command of the old kind';
  return line.includes('::') ? 'a workflow command' : undefined;
}
