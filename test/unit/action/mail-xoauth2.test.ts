import assert from 'node:assert/strict';
import test from 'node:test';
import { createXoauth2 } from '../../../src/action/mail-xoauth2.ts';
import { cloudAuthority } from '../../../src/entra/authority.ts';
import type { CloudName } from '../../../src/entra/clouds.ts';

const tokenFor = (resource: string) => ({
  resource,
  token: `for ${resource}`,
  expiresOn: new Date(0),
  scopes: [],
  source: 'cache' as const,
});
const account = { username: 'alice@contoso.example', homeAccountId: 'a.b', tenantId: 'b' };

function made(
  resources: readonly [string, ...string[]],
  { cloud = 'public' as CloudName, mailbox = '', username = account.username } = {},
) {
  const warnings: string[] = [];
  const [first, ...others] = resources;
  const text = createXoauth2(
    { tokens: [tokenFor(first), ...others.map(tokenFor)], account: { ...account, username } },
    { mailbox, authority: cloudAuthority(cloud, 'organizations') },
    { warning: (line) => void warnings.push(line) },
  );
  return { decoded: Buffer.from(text, 'base64').toString(), text, warnings };
}

const graph = 'https://graph.microsoft.com';

test('it is the mailbox and the token between control characters, in base64', () => {
  const { decoded, text } = made([graph, 'https://outlook.office.com']);

  assert.equal(decoded, 'user=alice@contoso.example\x01auth=Bearer for https://outlook.office.com\x01\x01');
  assert.match(text, /^[A-Za-z0-9+/]+={0,2}$/);
});

test('the input mailbox goes before the username', () => {
  assert.match(
    made(['https://outlook.office.com'], { mailbox: 'shared@contoso.example' }).decoded,
    /^user=shared@/,
  );
});

for (const [cloud, right, wrong] of [
  ['public', 'https://outlook.office.com', 'https://outlook.office365.us'],
  ['public', 'HTTPS://Outlook.Office365.com/', 'https://partner.outlook.cn'],
  ['public', '00000002-0000-0ff1-ce00-000000000000', 'https://webmail.apps.mil'],
  ['public', 'https://outlook.office.com', '00000003-0000-0000-c000-000000000000'],
  ['usgovernment', 'https://outlook.office365.us', 'https://outlook.office.com'],
  ['usgovernment', 'https://webmail.apps.mil', 'https://partner.outlook.cn'],
  ['china', '00000002-0000-0FF1-CE00-000000000000', 'https://webmail.apps.mil'],
  ['china', 'https://partner.outlook.cn', 'https://outlook.office365.com'],
] as const) {
  test(`in the ${cloud} cloud it is made of a token for ${right}, not of one for ${wrong}`, () => {
    assert.ok(made([right], { cloud }).decoded.includes(right));
    assert.equal(made([wrong], { cloud }).text, '');
  });
}

for (const username of ['CONTOSO\\alice', 'alice@contoso.example\x01auth=Bearer x', '']) {
  test(`a username that is no mail address makes none, and a warning: ${JSON.stringify(username)}`, () => {
    const { text, warnings } = made(['https://outlook.office.com'], { username });

    assert.equal(text, '');
    assert.match(warnings.join(), /the user name is not an email address/);
  });
}
