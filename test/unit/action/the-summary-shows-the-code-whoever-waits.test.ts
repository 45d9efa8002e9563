import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { JobSummary } from '../../../src/action/job-summary.ts';
import type { Log } from '../../../src/action/log.ts';
import { plainText } from '../../../src/text/plain-text.ts';
import { promptAt } from '../fakes/prompt.ts';
import { summaryFile } from '../fakes/summary-file.ts';

const ignore = (): void => undefined;
const log: Log = { info: ignore, warning: ignore, debug: ignore, notice: ignore };
const code = {
  userCode: 'ABCD1234',
  verificationUri: 'https://microsoft.com/devicelogin',
  waitUntil: Date.UTC(2026, 10, 20, 8, 45),
};

async function summaryOf(...[warning, waiting]: readonly [string, 'here' | 'later' | 'begun-before']) {
  const file = summaryFile();
  const shown = { ...code, warning: plainText(warning) };
  const prompt = promptAt(code.waitUntil - 900_000, log, new JobSummary(log, true));
  await prompt.show(shown, waiting);
  return readFileSync(file, 'utf8');
}

for (const [who, waiting] of [
  ['the step itself', 'here'],
  ['a later job', 'later'],
  ['the step, for a sign-in that an earlier job began,', 'begun-before'],
] as const) {
  test(`while ${who} waits, the summary shows where to enter which code, and until when`, async () => {
    const summary = await summaryOf('', waiting);

    assert.match(summary, /^## Sign-in needed\n/);
    assert.match(
      summary,
      /1\. Open <https:\/\/microsoft\.com\/devicelogin>\n2\. Enter the code `ABCD1234`\n/,
    );
    assert.match(summary, /until \*\*2026-11-20 08:45 UTC\*\*/);
    assert.equal(/A later job of this run does/.test(summary), waiting === 'later');
  });
}

test('a warning about the page stands before its address in the summary', async () => {
  assert.match(await summaryOf('Mind the page', 'here'), /\*\*Mind the page\*\*\n\n1\. Open /);
});
