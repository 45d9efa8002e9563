import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { marked, type Tokens } from 'marked';
import { cloudAuthority } from '../../src/entra/authority.ts';
import { entraFailure } from '../../src/entra/entra-failure.ts';
import { hints } from '../../src/entra/error-hints.ts';
import type { OAuthError } from '../../src/entra/error-response.ts';
import { root } from './markdown-pages.ts';

const page = readFileSync(join(root, 'docs/conditional-access.md'), 'utf8');

test('Each policy is shown with the words that the action has for its codes', () => {
  const table = marked.lexer(page).find((token): token is Tokens.Table => token.type === 'table');
  const inheritsWords = /^the (same|first message)/;
  let shown = 0;
  for (const [policy, codes, words] of table?.rows ?? []) {
    if (inheritsWords.test(words?.text ?? '')) continue;
    for (const [code] of codes?.text.matchAll(/\d{5,}/g) ?? []) {
      const hint = hints.find((other) => other.codes.includes(Number(code)));
      assert.ok(hint && words?.text.includes(`\`${hint.means}\``), `${policy?.text}: ${code}`);
      shown++;
    }
  }
  assert.ok(shown > 20);
});

test('Each code for which the action names a policy is on the page', () => {
  const codes = hints
    .filter(({ errorCode }) => errorCode === 'blocked-by-policy')
    .flatMap((hint) => hint.codes);
  assert.ok(codes.length > 10);
  for (const code of codes) assert.match(page, new RegExp(`\\b${code}\\b`));
});

test('The text for the administrator is the one that the action prints', () => {
  const error: OAuthError = {
    status: 400,
    error: 'access_denied',
    suberror: '',
    codes: [53003],
    description: '',
    correlationId: '<guid>',
    traceId: '<guid>',
    timestamp: '<time>',
    claims: '',
  };
  const context = { clientId: '<client id>', authority: cloudAuthority('public', 'organizations') };
  const { message } = entraFailure(error, 'Refused.', context);
  const text = /For your administrator: .*/.exec(message)?.[0] ?? '';
  assert.ok(page.replace(/\s+/g, ' ').includes(text), text);
});
