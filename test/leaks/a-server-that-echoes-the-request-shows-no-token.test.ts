import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

/** What was printed, but for the masks, and the summary. */
function shownBy({
  raw,
  summaryRaw,
}: {
  raw: { stdout: string; stderr: string };
  summaryRaw: string;
}): string {
  const printed = raw.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  return [...printed, raw.stderr, summaryRaw].join('\n');
}

for (const [how, spell] of [
  ['whole', (token: string) => token],
  ['cut to its first 200 characters', (token: string) => token.slice(0, 200)],
  ['over lines', (token: string) => token.replace(/.{20}/g, '$&\r\n')],
  ['in base64', (token: string) => Buffer.from(`x=${token}`).toString('base64')],
] as const) {
  scenario(
    `A refresh token that comes back ${how} in a refusal is in no line of the log`,
    async ({ sandbox, run, runAndSignIn }) => {
      await runAndSignIn(workflowDispatch());
      const tokens = sandbox.authority.secrets.filter(({ kind }) => kind === 'refresh_token');
      const [{ value: token } = { value: '' }] = tokens.slice(-1);
      const echo = `grant_type=refresh_token&refresh_token=${spell(token)}`;
      sandbox.authority.faults.add('token:refresh_token', {
        kind: 'respond',
        status: 400,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          error: 'invalid_grant',
          error_description: `AADSTS999999: This was not understood: ${echo}`,
          correlation_id: spell(token),
          trace_id: spell(token),
          timestamp: spell(token),
          suberror: spell(token),
        }),
      });

      const refused = await run(schedule(), { inputs: { 'minimum-lifetime-minutes': '1440' } });

      assert.equal(refused.outputs['error-code'], 'sign-in-needed', logOf(refused));
      assert.match(
        logOf(refused),
        /This was not understood: grant_type=refresh_token&refresh_token=(eD\d)?\*\*\*/,
      );
      const shown = shownBy(refused).replace(/\s/g, '');
      for (const secret of [token, Buffer.from(`x=${token}`).toString('base64').slice(4)])
        for (let start = 0; start + 8 <= secret.length; start++)
          assert.ok(!shown.includes(secret.slice(start, start + 8)), secret.slice(start, start + 8));
    },
  );
}
