import assert from 'node:assert/strict';
import test from 'node:test';
import { cloudAuthority } from '../../../src/entra/authority.ts';
import { type CloudName, cloudNames } from '../../../src/entra/clouds.ts';
import { parseScopes, scopeProblems } from '../../../src/entra/scopes.ts';

const problemsOf = (text: string, cloud: CloudName) =>
  scopeProblems(parseScopes(text), cloudAuthority(cloud, 'organizations'));
const suggestionsIn = (problem: string) =>
  [...problem.matchAll(/write (?:for example )?"([^"]*)"/g)].map(([, text = '']) => text);

for (const text of [
  'https://graph.microsoft.com/;User.Read',
  'https://graph.microsoft.com;User.Read',
  'User.Read;.default',
  'SMTP.Send;User.Read',
  '[https://outlook.office365.com/SMTP.Send]',
  'https:/outlook.office.com',
  'https://graph.microsoft.com/User.Read/',
  'https://graph.microsoft.com/User.Read//',
  'graph.microsoft.com/User.Read/',
  'graph.microsoft.com/SMTP.Send',
  'User.Read/',
  'SMTP.Send/',
  'api://app/User.Read/',
  'https://outlook.office365.com/',
  'https://webmail.apps.mil',
  'outlook.office.com',
  'outlook.office.com/SMTP.Send',
  '00000002-0000-0ff1-ce00-000000000000',
  `https://contoso.example/${'a'.repeat(400)}/`,
  `"${'Mail.Read '.repeat(20)}${'b'.repeat(300)}"`,
  'https://contoso.example/::x::/',
]) {
  for (const cloud of cloudNames)
    test(`What the message about ${text.slice(0, 60)} suggests is right in the ${cloud} cloud`, () => {
      const problems = problemsOf(text, cloud);

      assert.ok(text === '00000002-0000-0ff1-ce00-000000000000' || problems.join().includes('write'));
      for (const suggestion of problems.flatMap(suggestionsIn))
        assert.deepEqual(problemsOf(suggestion, cloud), [], suggestion);
    });
}

for (const [text, cloud, right] of [
  ['https://graph.microsoft.com/User.Read/', 'public', 'https://graph.microsoft.com/User.Read'],
  ['User.Read/', 'public', 'User.Read'],
  ['https://outlook.office365.com/', 'usgovernment', 'https://outlook.office365.us/SMTP.Send'],
  ['https://outlook.office365.com/', 'china', 'https://partner.outlook.cn/SMTP.Send'],
  ['https://outlook.office365.com/', 'public', 'https://outlook.office365.com/SMTP.Send'],
  ['outlook.office.com/SMTP.Send', 'china', 'https://partner.outlook.cn/SMTP.Send'],
] as const) {
  test(`The message about ${text} in the ${cloud} cloud suggests ${right}`, () => {
    assert.deepEqual(problemsOf(text, cloud).flatMap(suggestionsIn), [right]);
  });
}
