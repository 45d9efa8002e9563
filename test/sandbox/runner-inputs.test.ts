import assert from 'node:assert/strict';
import test from 'node:test';
import { fixtureAction } from './runner-fixture-action.ts';

const tellsInputs = `
  const inputs = Object.entries(process.env).filter(([name]) => name.startsWith('INPUT_'));
  core.setOutput('inputs', JSON.stringify(Object.fromEntries(inputs)));
`;
const declared =
  '{ client-id: { required: true }, scopes: { default: User.Read }, wait: { default: true }, mail box: {} }';

test('every declared input is there: given, by default, or empty', async () => {
  await using action = await fixtureAction(tellsInputs, declared);
  await using run = await action.run({ inputs: { 'client-id': 'abc' } });
  assert.deepEqual(JSON.parse(run.outputs['inputs'] ?? ''), {
    'INPUT_CLIENT-ID': 'abc',
    INPUT_SCOPES: 'User.Read',
    INPUT_WAIT: 'true',
    INPUT_MAIL_BOX: '',
  });
});

test('the log begins with the inputs that have a value, secrets masked', async () => {
  await using action = await fixtureAction(tellsInputs, declared);
  const secret = 'line one of it\nline two of it';
  await using run = await action.run({ inputs: { 'client-id': 'abc', scopes: secret }, secrets: [secret] });
  assert.deepEqual(run.log, [
    '▾ Run contoso/entra-user-token@v1',
    'with:',
    '  client-id: abc',
    '  scopes: ***',
    '  wait: true',
  ]);
});

test('an input that is not declared is passed on with a warning', async () => {
  await using action = await fixtureAction(tellsInputs, '{ scopes: {}, account: {} }');
  await using run = await action.run({ inputs: { scope: 'x' } });
  assert.equal(JSON.parse(run.outputs['inputs'] ?? '').INPUT_SCOPE, 'x');
  assert.equal(run.log[0], "Warning: Unexpected input(s) 'scope', valid inputs are ['scopes', 'account']");
});

test('an input is given under its name in any case', async () => {
  await using action = await fixtureAction(tellsInputs, '{ Scopes: { default: User.Read } }');
  await using run = await action.run({ inputs: { SCOPES: 'Mail.Read' } });
  assert.deepEqual(JSON.parse(run.outputs['inputs'] ?? ''), { INPUT_SCOPES: 'Mail.Read' });
  assert.deepEqual(run.annotations, []);
});
