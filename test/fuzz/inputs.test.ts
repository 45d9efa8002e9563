import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readInputs } from '../../src/action/inputs.ts';
import { maskInputs } from '../../src/action/masks.ts';
import { Failure } from '../../src/failure.ts';
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

const inputs = fc.record(
  {
    'client-id': given(clientId, 'my-app', ''),
    'tenant-id': given('', 'contoso.onmicrosoft.com', 'common', 'a..b', '../x'),
    scopes: given('', 'User.Read', 'https://outlook.office.com/SMTP.Send'),
    account: given('', 'alice@contoso.example', 'a.b', '@', 'a@b@c'),
    cloud: given('', 'China', 'mars'),
    authority: given(
      '',
      'https://adfs.example.com/adfs',
      'http://adfs.example.com/adfs',
      'https://user:pass@a.example/b',
      'https://a.example/token',
      'https://a.b2clogin.com/x',
      'javascript:alert(1)',
      'https://[::1]/x',
      'https://xn--/x',
    ),
    'sign-in': given('', 'auto', 'FORCE', 'maybe'),
    'sign-in-timeout-minutes': given('', '0', '1', '60', '61', '-1', '1e1', '0x10', '٣'),
    'minimum-lifetime-minutes': given('', '0', '1440', '1441', 'NaN'),
    'encryption-key': secretText,
    'workflow-cache': given('', 'true', 'False', 'yes'),
    'cache-name': given('', 'mine'),
    'token-cache': secretText,
  },
  { requiredKeys: [] },
);

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
    assert.equal(new URL(read.authority.url).protocol, 'https:');
    assert.ok(read.signInTimeout >= 60_000 && read.signInTimeout <= 3_600_000);
    assert.ok(read.minimumLifetime >= 0 && read.minimumLifetime <= 86_400_000);
    assert.ok(read.encryptionKeys.length <= 9);
    for (const { bytes, id } of read.encryptionKeys) {
      assert.equal(bytes.length, 32);
      assert.match(id, /^[0-9a-f]{16}$/);
    }
  },
);

property('masking the inputs prints masks and nothing else', possible, (values) => {
  const { lines } = printedBy(() => withInputs(values, maskInputs));
  for (const line of lines.filter((printed) => printed !== '')) {
    assert.equal(commandIn(line)?.name, 'add-mask', 'something else than a mask is printed');
    assert.notEqual(commandIn(line)?.data.trim(), '', 'an empty mask is refused by the runner');
  }
});
