import assert from 'node:assert/strict';
import test from 'node:test';
import { SecretMasker } from '../../sandbox/runner/secret-masker.ts';
import { fixtureAction } from './runner-fixture-action.ts';

test('a value is hidden from the moment the action masks it', async () => {
  await using action = await fixtureAction(`
    core.info('before: token-value');
    core.setSecret('token-value');
    core.info('after: token-value, but Token-Value');
    core.notice('in a notice: token-value');
    core.setOutput('access-token', 'token-value');
  `);
  await using run = await action.run();
  assert.deepEqual(run.log.slice(1), [
    'before: token-value',
    'after: ***, but Token-Value',
    'Notice: in a notice: ***',
  ]);
  assert.equal(run.annotations[0]?.message, 'in a notice: ***');
  assert.equal(run.outputs['access-token'], 'token-value');
  assert.equal(run.outputsMasked['access-token'], '***');
  assert.deepEqual(run.masks, ['token-value']);
});

test('each line of a masked value is hidden too: pretty-printed JSON shreds the log', async () => {
  await using action = await fixtureAction(`
    core.setSecret(JSON.stringify({ a: 1 }, null, 2));
    core.info('{ "b": 2 }');
  `);
  await using run = await action.run();
  assert.equal(run.log.at(-1), '*** "b": 2 ***');
});

test('a secret of the repository is hidden before the action says a word', async () => {
  await using action = await fixtureAction("core.info('it is hidden-1');");
  await using run = await action.run({ secrets: ['hidden-1'] });
  assert.equal(run.log.at(-1), 'it is ***');
  assert.deepEqual(run.masks, []);
});

test('the runtime token is a secret of the platform', async () => {
  await using action = await fixtureAction('core.info(process.env.ACTIONS_RUNTIME_TOKEN);');
  await using run = await action.run({ env: { ACTIONS_RUNTIME_TOKEN: 'runtime-token' } });
  assert.equal(run.log.at(-1), '***');
});

test('an empty mask is a warning', async () => {
  await using action = await fixtureAction("core.setSecret('  ');");
  await using run = await action.run();
  assert.equal(run.log.at(-1), "Warning: Can't add secret mask for empty string in ##[add-mask] command.");
});

const secret = `p&q "r's" <ö>*!`;
const bytes = Buffer.from(secret);

for (const [form, text] of [
  ['base64', bytes.toString('base64')],
  ['base64 from the second byte', bytes.subarray(1).toString('base64')],
  ['base64 from the third byte', bytes.subarray(2).toString('base64')],
  ['command line', `p&q \\"r's\\" <ö>*!`],
  ['expression', `p&q "r''s" <ö>*!`],
  ['JSON', `p&q \\"r's\\" <ö>*!`],
  ['URI', 'p%26q%20%22r%27s%22%20%3C%C3%B6%3E%2A%21'],
  ['XML', 'p&amp;q &quot;r&apos;s&quot; &lt;ö&gt;*!'],
] as const) {
  test(`a masked value is hidden in its form for ${form}`, () => {
    const masker = new SecretMasker();
    masker.add(secret);
    assert.equal(masker.mask(`a${text}b`), 'a***b');
  });
}

test('base64url, hex and the segments of a JWT are not hidden: the platform does not know them', () => {
  const masker = new SecretMasker();
  const value = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiLDv8O_In0.c2lnbmF0dXJl';
  masker.add(value);
  const forms = [
    Buffer.from(`??>>${value}`).toString('base64url'),
    Buffer.from(value).toString('hex'),
    'c2lnbmF0dXJl',
  ];
  for (const form of forms) assert.equal(masker.mask(form), form);
});

test('hidden parts that overlap become one', () => {
  const masker = new SecretMasker();
  masker.add('xyx');
  assert.equal(masker.mask('-xyxyx-'), '-***-');
  masker.add('abcd');
  masker.add('cdef');
  assert.equal(masker.mask('-abcdef-abcdabcd-'), '-***-***-');
});
