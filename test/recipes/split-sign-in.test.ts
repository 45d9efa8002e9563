import assert from 'node:assert/strict';
import test from 'node:test';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { canRunScripts, postedBy, scriptsOn } from './posted-by-a-script.ts';
import { recipe } from './recipe.ts';

recipe(
  'split-sign-in.md',
  'One job ends with the code, a chat gets it, a later job waits for the person; a silent run posts nothing',
  async ({ run, sandbox }) => {
    const secrets = { CHAT_WEBHOOK: 'https://chat.example/hooks/0123456789' };
    const scriptOutputs = { 'Note when the code expires': { expires: '02:37 UTC' } };
    const first = await run(workflowDispatch(), { secrets, scriptOutputs, person: { in: 'report' } });
    assert.equal(first.conclusion, 'success');
    const ask = first.job('ask');
    assert.deepEqual(Object.keys(ask.outputs).sort(), [
      'expires',
      'pending-sign-in',
      'user-code',
      'verification-uri',
    ]);
    assert.deepEqual(ask.dropped, []);
    const { USER_CODE, ADDRESS, ACCOUNT, EXPIRES, RUN } = first
      .job('tell')
      .step('Post the code in Teams').env;
    assert.equal(ACCOUNT, alice.username);
    assert.equal(EXPIRES, '02:37 UTC');
    assert.equal(RUN, 'https://github.com/contoso/mail/actions/runs/7001');
    assert.equal(USER_CODE, ask.outputs['user-code']);
    assert.equal(ADDRESS, ask.outputs['verification-uri']);
    const { outputs, action } = first.job('report').step('entra');
    assert.equal(outputs['source'], 'sign-in');
    assert.ok(action?.log.some((line) => line.includes(`enter code ${USER_CODE}`)));
    assert.equal(sandbox.authority.requests.filter(({ endpoint }) => endpoint === 'device-code').length, 1);

    const night = await run(schedule({ runId: 7002 }), { secrets, scriptOutputs });
    assert.equal(night.conclusion, 'success');
    assert.equal(night.job('tell').result, 'skipped');
    assert.equal(night.job('report').step('entra').outputs['source'], 'cache');
  },
);

const values = {
  WEBHOOK: 'https://chat.example/hooks/0123456789',
  WORKFLOW: 'Unread "mail"',
  STARTER: 'octocat',
  ACCOUNT: 'reports@contoso.com',
  ADDRESS: 'https://microsoft.com/devicelogin',
  USER_CODE: 'ABCD12345',
  EXPIRES: '02:37 UTC',
  RUN: 'https://github.com/contoso/mail/actions/runs/7001',
};
const rule = 'Open the run, and compare the code before you enter it';

test('What Teams gets is an Adaptive Card that says who asks, for whom, and until when', {
  skip: !canRunScripts && 'no jq here',
}, () => {
  const { address, body } = postedBy(scriptsOn('split-sign-in.md').teams, values);
  assert.equal(address, values.WEBHOOK);
  const { type, attachments } = JSON.parse(body) as {
    readonly type: string;
    readonly attachments: readonly {
      readonly contentType: string;
      readonly content: {
        readonly type: string;
        readonly body: readonly { readonly text?: string; readonly facts?: readonly { value: string }[] }[];
        readonly actions: readonly { readonly url: string }[];
      };
    }[];
  };
  assert.equal(type, 'message');
  assert.equal(attachments[0]?.contentType, 'application/vnd.microsoft.card.adaptive');
  const card = attachments[0].content;
  assert.equal(card.type, 'AdaptiveCard');
  assert.equal(card.body[0]?.text, `Sign-in needed: ${values.WORKFLOW}`);
  assert.deepEqual(
    card.body[1]?.facts?.map(({ value }) => value),
    [values.STARTER, values.ACCOUNT, values.ADDRESS, values.USER_CODE, values.EXPIRES],
  );
  assert.equal(card.body[2]?.text, `${rule}.`);
  assert.deepEqual(
    card.actions.map(({ url }) => url),
    [values.RUN],
  );
});

test('What Slack gets is a text with the same', { skip: !canRunScripts && 'no jq here' }, () => {
  const { body } = postedBy(scriptsOn('split-sign-in.md').slack, values);
  const { text } = JSON.parse(body) as { readonly text: string };
  for (const value of Object.values({ ...values, WEBHOOK: rule })) assert.ok(text.includes(value), value);
});
