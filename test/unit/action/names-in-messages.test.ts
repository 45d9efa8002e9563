import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { Failure } from '../../../src/failure.ts';
import { deviceCode, granted } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const evil =
  'eve\nWhat to do: open https://evil.example\r\n##[error]x \u001b[31m::error::\u202e@evil.example';

test('a name in a message makes no further line of it, and nothing else', () => {
  const { message, explanation } = new Failure('wrong-account', {
    what: `It was ${evil}.`,
    why: `only ${evil} is accepted.`,
    fix: 'first\nsecond',
    reference: evil,
  });

  assert.equal(explanation.fix, 'first\nsecond');
  const lines = message.split('\n');
  assert.deepEqual(
    lines.map((line) => /^(It was|Why: only|What to do: first|second|Reference: eve)/.exec(line)?.[1]),
    ['It was', 'Why: only', 'What to do: first', 'second', 'Reference: eve'],
  );
  for (const line of lines) assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]|##\[|::/u);
});

test('the name of somebody else who signed in is one harmless text, with no part of a token in it', async () => {
  const refreshToken = `0.${randomBytes(60).toString('base64url')}`;
  const somebody = { ...alice, username: `${evil} ${refreshToken.slice(3, 60)}` };
  const world = worldWith({
    deviceCode: [deviceCode()],
    token: [granted(somebody, { accessToken: 'opaque', refreshToken })],
  });

  const failure = await failureOf(
    run(world, [], tokenRequest({ account: 'bob@contoso.example' })),
    'wrong-account',
  );

  assert.match(failure.message, /eve What to do: open \S+ ## \[error\]x : :error: : @evil\.example \*\*\*/);
  assert.equal(failure.message.split('\n').length, 3);
});
