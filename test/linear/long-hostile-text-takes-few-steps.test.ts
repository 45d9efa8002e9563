import assert from 'node:assert/strict';
import test from 'node:test';
import { readInputs } from '../../src/action/inputs.ts';
import { maskInputs } from '../../src/action/masking.ts';
import { lengthLimits, type SettingName } from '../../src/length-limits.ts';
import { printedBy } from '../fuzz/standard-output.ts';
import { withInputs } from '../unit/fakes/inputs.ts';
import { workflowRun } from '../unit/fakes/workflow-run.ts';
import { functionsThatReadText, readers } from './readers.ts';
import { stepsOf } from './steps.ts';

/** The most blocks of code for each character of a text; some functions go over it more than once. */
const stepsForEachCharacter = 12;
/** What is done once, whatever the text is. */
const stepsForAll = 3000;

const repeated = (piece: string) => (length: number) =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
const counted = (piece: (index: number) => string) => (length: number) =>
  Array.from({ length: Math.ceil(length / piece(0).length) }, (_, index) => piece(index))
    .join('')
    .slice(0, length);

/** Texts of any length that make something be done again and again. */
const hostile: Readonly<Record<string, (length: number) => string>> = {
  'a slash': repeated('/'),
  'slashes before an end': (length) => `${'/'.repeat(length - 1)}x`,
  'slashes with something between': repeated('//x'),
  'an authority with slashes': (length) => `https://a.example/${'/'.repeat(length - 18)}`,
  'an authority with dots': (length) => `https://a.example/${'./'.repeat((length - 18) / 2)}x`,
  'a host of many labels': (length) => `https://${'a.'.repeat((length - 10) / 2)}/x`,
  'many scopes of one letter': repeated('a '),
  'many .default': repeated('.default '),
  'many .default of resources of their own': counted((index) => `https://${1_000_000 + index}/.default `),
  '.default beside named scopes': counted(
    (index) => `a${1_000_000 + (index >> 1)}/${index % 2 ? 'x' : '.default'} `,
  ),
  'many mail scopes': counted((index) => `SMTP.Send https://${1_000_000 + index}/SMTP.Send `),
  'scopes joined by a sign': repeated('User.Read+'),
  'percent signs': repeated('%25'),
  backslashes: repeated(':\\'),
  'white space': repeated(' '),
  'line breaks': repeated('\r\n'),
  'white space before an end': (length) => `${' '.repeat(length - 1)}x`,
  brackets: repeated('[{('),
  quotes: repeated('"\''),
  'many @': repeated('a@'),
  '#EXT#': repeated('#EXT#'),
  'keys of a kind': repeated(`${'A'.repeat(43)}=\n`),
  'escape sequences': repeated('\u001b['),
  'open escape sequences': repeated('\u001b]8;;'),
  'digits of an escape sequence': (length) => `\u001b[${'1;'.repeat((length - 2) / 2)}`,
  colons: repeated(':'),
  commands: repeated('::##['),
  'ids as Entra writes them': repeated(' Trace ID: x'),
  'spaces before an id': (length) => `${' '.repeat(length - 10)}Trace ID x`,
  AADSTS: repeated('AADSTS1'),
  base64: repeated('QUFB'),
  'base64 with line breaks': repeated('QUFB\n'),
  dots: repeated('.'),
  'an envelope of many parts': (length) => `eyJ${'.a'.repeat((length - 3) / 2)}`,
  'ey~J': repeated('ey~J'),
  'JSON that is deep': (length) => '{"a":'.repeat(length / 5),
  'JSON with many members': (length) => `{"Account":{${'"a":1,'.repeat((length - 20) / 6)}"b":1}}`,
  Markdown: repeated('[<`|*_~'),
  'letters in capitals': repeated('aB'),
  kelvins: repeated('\u212a'),
  emoji: repeated('\u{1f600}'),
};

for (const [name, read] of Object.entries(readers)) {
  test(`${name} takes no more steps than a text is long, however hostile`, async () => {
    for (const [what, make] of Object.entries(hostile)) {
      const text = make(20_000);
      const steps = await stepsOf(() => read(text));
      const most = stepsForAll + stepsForEachCharacter * text.length;
      assert.ok(steps <= most, `${steps} steps for ${text.length} characters: ${what}`);
    }
  });
}

test('each exported function that reads a text is among these', () => {
  const missing = functionsThatReadText().filter((name) => !(name in readers));
  assert.deepEqual(missing, writers);
});

/** Their text is this action's own. */
const writers = ['writeNow'];

const inputs = Object.keys(lengthLimits) as SettingName[];

test('inputs of 120,000 characters are refused without being read', async () => {
  for (const [what, make] of Object.entries(hostile)) {
    // The environment of a process cannot hold NUL, and the runner takes white space away.
    const values = Object.fromEntries(inputs.map((input) => [input, make(120_000)]));
    const steps = await stepsOf(() => withInputs(values, () => readInputs(workflowRun())));
    assert.ok(steps <= stepsForAll, `${steps} steps: ${what}`);
  }
});

test('inputs of the greatest length are read in few steps', async () => {
  for (const [what, make] of Object.entries(hostile)) {
    const values = Object.fromEntries(inputs.map((input) => [input, make(lengthLimits[input])]));
    const steps = await stepsOf(() => withInputs(values, () => readInputs(workflowRun())));
    const length = inputs.reduce((sum, input) => sum + lengthLimits[input], 0);
    const most = stepsForAll + stepsForEachCharacter * length;
    assert.ok(steps <= most, `${steps} steps for ${length} characters: ${what}`);
  }
});

test('the inputs are masked in few steps', async () => {
  for (const [what, make] of Object.entries(hostile)) {
    const values = Object.fromEntries(inputs.map((input) => [input, make(120_000)]));
    const steps = await stepsOf(() => printedBy(() => withInputs(values, maskInputs)));
    assert.ok(
      steps <= stepsForAll + stepsForEachCharacter * 120_000 * inputs.length,
      `${steps} steps: ${what}`,
    );
  }
});

test('a function that goes over a text again from every place of it would be found', async () => {
  const steps = await stepsOf(() =>
    groupedBySearching(Array.from({ length: 2000 }, (_, index) => `a${index}`)),
  );
  assert.ok(steps > 1_000_000, String(steps));
});

/** As `.default` beside named scopes was once looked for; it counts as a step wherever it stands. */
function groupedBySearching(scopes: readonly string[]): readonly string[] {
  return scopes.filter((scope) => scopes.every((other) => readers['resourceOf']?.(other) !== scope));
}
