import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { readActionManifest } from '../../sandbox/runner/action-manifest.ts';
import { readInputs } from '../../src/action/inputs.ts';
import { maskInputs } from '../../src/action/masking.ts';
import { Failure } from '../../src/failure.ts';
import type { SettingName } from '../../src/length-limits.ts';
import { withInputs } from '../unit/fakes/inputs.ts';
import { keyText } from '../unit/fakes/record-context.ts';
import { clientId } from '../unit/fakes/request.ts';
import { workflowRun } from '../unit/fakes/workflow-run.ts';
import { aliveIn, hostileText } from './hostile-text.ts';
import { property } from './property.ts';
import { planted } from './serialized-cache.ts';
import { commandIn, printedBy } from './standard-output.ts';

const given = (...values: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: hostileText });

/** Secret inputs, each with a word in it that no message may hold. */
const secretText = fc.oneof(
  fc.constantFrom('', keyText(1), `${keyText(1)}\n${keyText(2)}`, planted, `${planted}\n${keyText(3)}`),
  fc.tuple(hostileText, hostileText).map(([start, end]) => start + planted + end),
);

/** What each input is tried with. The compiler wants one for each, and a test one for each of action.yml. */
const values: Readonly<Record<SettingName, fc.Arbitrary<string>>> = {
  'client-id': given(clientId, 'my-app', ''),
  'tenant-id': given('', 'contoso.onmicrosoft.com', 'common', 'a..b', '../x'),
  scopes: given(
    '',
    'User.Read',
    'https://outlook.office.com/SMTP.Send',
    'openid',
    'Mail.Read;email',
    '["Mail.Read"]',
    'https://graph.microsoft.com/',
    'a::b/.default a::b/c',
  ),
  account: given('', 'alice@contoso.example', 'a.b', '@', 'a@b@c', 'a#EXT#@b.c', '+15551234567'),
  cloud: given('', 'China', 'mars'),
  authority: given(
    '',
    'https://adfs.example.com/adfs',
    'http://adfs.example.com/adfs',
    'https://user:pass@a.example/b',
    'https://a.example/token',
    'https://a.b2clogin.com/x',
    'https://a.ciamlogin.com/',
    'https://login.windows.net/common/v2.0',
    'https://login.microsoftonline.com/%63ommon;x',
    'javascript:alert(1)',
    'https://[::1]/x',
    'https://xn--/x',
  ),
  'sign-in': given('', 'auto', 'FORCE', 'never', 'maybe'),
  'sign-in-timeout-minutes': given('', '0', '1', '60', '61', '-1', '1e1', '0x10', '٣'),
  'minimum-lifetime-minutes': given('', '0', '1440', '1441', 'NaN'),
  'encryption-key': secretText,
  'workflow-cache': given('', 'true', 'False', 'yes'),
  'cache-name': given('', 'mine'),
  'token-cache': secretText,
  mailbox: given('', 'reports@contoso.example', 'reports', 'a@b\u0001auth=Bearer x'),
  'secret-name': given('', 'ENTRA_TOKEN_CACHE', 'GITHUB_X', '1', '../x'),
  'secret-token': secretText,
  'secret-environment': given('', 'production', '..', 'a/b', '%2e%2e', 'night runs'),
  'wait-for-sign-in': given('', 'true', 'FALSE', 'no'),
  'pending-sign-in': secretText,
};

const longTexts: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('/', ' a', ';', 'x', '\u001b[', '::'), fc.integer({ min: 60, max: 70_000 }))
  .map(([piece, times]) => piece.repeat(times));

const inputs = fc.record(
  Object.fromEntries(
    Object.entries(values).map(([name, usual]) => [
      name,
      fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: longTexts }),
    ]),
  ),
  { requiredKeys: [] },
);

test('every input of action.yml is tried', async () => {
  const manifest = await readActionManifest(join(import.meta.dirname, '../..'));
  assert.deepEqual(Object.keys(values).sort(), [...manifest.inputs.keys()].sort());
});

// The environment of a process cannot hold NUL.
const possible = inputs.map((values) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, String(value).replaceAll('\0', '')]),
  ),
);

property(
  'inputs of any text are read within their bounds, or all named in one message',
  possible,
  (values) => {
    const outcome = withInputs(values, () => {
      try {
        return readInputs(workflowRun());
      } catch (error) {
        return error;
      }
    });
    if (outcome instanceof Failure) {
      assert.equal(outcome.code, 'bad-input');
      assert.ok(!outcome.message.includes(planted), 'a secret input is quoted');
      const lines = outcome.message.split('\n');
      assert.deepEqual(
        lines.map((line) => /^(The inputs|Why:|What to do:)/.exec(line)?.[1]),
        ['The inputs', 'Why:', 'What to do:'],
      );
      for (const line of lines) assert.notEqual(aliveIn(line), 'a control character', JSON.stringify(line));
      return;
    }
    if (outcome instanceof Error) throw outcome;
    const read = outcome as ReturnType<typeof readInputs>;
    checkTarget(read);
    checkSecret(read);
    assert.ok(read.signInTimeout >= 60_000 && read.signInTimeout <= 3_600_000);
    assert.ok(read.minimumLifetime >= 0 && read.minimumLifetime <= 86_400_000);
    assert.ok(read.encryptionKeys.length <= 9);
    for (const { bytes, id } of read.encryptionKeys) {
      assert.equal(bytes.length, 32);
      assert.match(id, /^[0-9a-f]{16}$/);
    }
  },
);

type Read = ReturnType<typeof readInputs>;

function checkTarget({ authority, account, scopes, mailbox, pendingSignIn, signIn, cacheName }: Read): void {
  assert.match(authority.url, /^https:\/\/[^/@?#%\\]+\/[a-z0-9._~-]+$/);
  assert.equal(new URL(authority.url).href, authority.url);
  for (const text of [account, mailbox, cacheName, ...scopes])
    assert.notEqual(aliveIn(text), 'a control character');
  assert.ok(account.length <= 256 && scopes.length > 0 && scopes.length <= 200);
  for (const scope of scopes) assert.match(scope, /^[\x21\x23-\x3a\x3c-\x5b\x5d-\x7e]+$/);
  assert.ok(pendingSignIn === '' || signIn !== 'never', 'what waits for nobody would wait');
}

function checkSecret({ secret, pendingSignIn, waitForSignIn, encryptionKeys }: Read): void {
  if (pendingSignIn !== '' || !waitForSignIn) assert.ok(encryptionKeys.length > 0);
  if (!secret) return;
  assert.match(secret.name, /^[A-Z_][A-Z0-9_]*$/);
  assert.match(secret.token, /^[\x21-\x7e]+$/);
  const url = `https://api.example/a/${encodeURIComponent(secret.environment || 'x')}/b`;
  assert.equal(new URL(url).href, url);
}

property('masking the inputs prints masks and nothing else', possible, (values) => {
  const { lines } = printedBy(() => withInputs(values, maskInputs));
  for (const line of lines.filter((printed) => printed !== '')) {
    assert.equal(commandIn(line)?.name, 'add-mask', 'something else than a mask is printed');
    assert.notEqual(commandIn(line)?.data.trim(), '', 'an empty mask is refused by the runner');
  }
});
