import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runnerLog } from '../../src/action/log.ts';
import { reportFailure } from '../../src/action/outputs.ts';
import { cloudAuthority } from '../../src/entra/authority.ts';
import { entraFailure, meaningOf } from '../../src/entra/entra-failure.ts';
import { oauthError } from '../../src/entra/error-response.ts';
import { type PlainText, plainText } from '../../src/text/plain-text.ts';
import { json } from '../unit/fakes/answers.ts';
import { clientId } from '../unit/fakes/request.ts';
import { aliveIn, hostileText } from './hostile-text.ts';
import { property } from './property.ts';
import { commandIn, printedBy } from './standard-output.ts';

property('text from a server becomes one harmless line, and stays so', hostileText, (text) => {
  const line = plainText(text);
  assert.equal(aliveIn(line), undefined, JSON.stringify(line));
  assert.ok(line.length <= 300);
  assert.equal(plainText(line), line);
});

property(
  'text that is cut is harmless too',
  fc.tuple(hostileText, fc.integer({ min: 1, max: 60 })),
  ([text, most]) => {
    const line = plainText(text.repeat(5), most);
    assert.equal(aliveIn(line), undefined, JSON.stringify(line));
    assert.ok(line.length <= most);
  },
);

// The compiler refuses such a text; what is looked at here is what would happen if it did not.
property(
  'whatever is logged is one line, and no command but the warning that was meant',
  hostileText,
  (text) => {
    const info = printedBy(() => runnerLog.info(`Entra says ${text}` as PlainText)).lines;
    assert.equal(info.length, 1);
    assert.equal(aliveIn(info[0] ?? ''), undefined, JSON.stringify(info));
    assert.equal(commandIn(printedBy(() => runnerLog.info(text as PlainText)).lines[0] ?? ''), undefined);

    const warning = printedBy(() => runnerLog.warning(text as PlainText)).lines;
    assert.equal(warning.length, 1);
    const command = commandIn(warning[0] ?? '');
    assert.equal(command?.name, 'warning');
    assert.equal(aliveIn(command?.data ?? ''), undefined, JSON.stringify(warning));
  },
);

const answer = fc.record(
  {
    error: fc.oneof(
      fc.constantFrom('invalid_grant', 'interaction_required', 'access_denied', 'consent_required'),
      hostileText,
    ),
    suberror: hostileText,
    error_description: hostileText.map((text) => `AADSTS53003: ${text}`),
    error_codes: fc.oneof(
      fc.constantFrom([53003], [65001], [90094], [50173], [700016], [], [1e308], ['::error::x']),
      fc.jsonValue(),
    ),
    correlation_id: hostileText,
    trace_id: hostileText,
    timestamp: hostileText,
    claims: hostileText,
  },
  { requiredKeys: ['error'] },
);

property('an error of a server becomes one message whose lines are all this action’s', answer, (body) => {
  const error = oauthError(json(400, body));
  if (!error) return;
  assert.equal(aliveIn(meaningOf(error)), undefined);
  const failure = entraFailure(error, 'Refused.', {
    clientId,
    authority: cloudAuthority('public', 'organizations'),
  });
  const printed = printedBy(() => {
    const { exitCode } = process;
    const output = process.env['GITHUB_OUTPUT'];
    delete process.env['GITHUB_OUTPUT'];
    reportFailure(failure, '', {});
    process.exitCode = exitCode;
    if (output !== undefined) process.env['GITHUB_OUTPUT'] = output;
  }).lines.filter((line) => line !== '');

  const commands = printed.map(commandIn);
  assert.deepEqual(
    commands.map((command) => command?.name),
    ['error'],
  );
  for (const line of (commands[0]?.data ?? '').split('\n')) {
    assert.match(
      line,
      /^(Refused\.|Why: |What to do: |For your administrator: |Reference: |Nothing was output or saved\.$|Help: docs\/troubleshooting\.md, |The output error-code could not be set\. )/,
    );
    assert.equal(aliveIn(line), undefined, JSON.stringify(line));
  }
});
