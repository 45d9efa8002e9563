import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { JobSummary } from '../../../src/action/job-summary.ts';
import { runnerLog } from '../../../src/action/log.ts';
import { accessTokens } from '../../../src/token/access-tokens.ts';
import { alice } from '../fakes/people.ts';
import { smallCacheText } from '../fakes/small-cache.ts';
import { summaryFile } from '../fakes/summary-file.ts';

test('a token that the server put into a name or a scope is not in the summary', async () => {
  const file = summaryFile();
  const secret = '0.AXkAq7_Zp-Wd3Kx9vT2LmQe8RnYc5BhUJs4GfVoXiP6aDyEw1CzM0tHb';
  const token = {
    resource: 'r',
    token: 't',
    expiresOn: new Date(0),
    scopes: [`Mail ${secret.slice(2, 50)}`],
  };
  const signIn = accessTokens([{ ...token, source: 'sign-in' }], {
    account: { username: `eve ${secret.slice(5, 30)}`, tenantId: secret, homeAccountId: 'a.b' },
    cache: smallCacheText(alice, secret),
    details: {},
    candidate: undefined,
  });

  await new JobSummary(runnerLog, true).showSignedIn({ signIn, savedTo: '', at: 0 });

  const summary = readFileSync(file, 'utf8').replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
  assert.match(
    summary,
    /\| Account \| eve \*\*\* \|\n\| Tenant \| \*\*\* \|\n\| Scopes granted \| Mail \*\*\* \|/,
  );
});
