import assert from 'node:assert/strict';
import test from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { renderSummary } from '../../sandbox/runner/render-summary.ts';

const markdown = `# Sign in

Open <https://microsoft.com/devicelogin> and enter **\`ABC-123\`**, see [help](https://example.com/help).

1. one
2. two &lt;tag&gt;

| Name | Value |
|---|---|
| tenant | contoso.com |

> Unused, it *dies*.
`;

const text = `Sign in
═══════

Open https://microsoft.com/devicelogin and enter ABC-123, see help (https://example.com/help).

1. one
2. two <tag>

Name   │ Value
───────┼────────────
tenant │ contoso.com

│ Unused, it dies.`;

test('a summary reads well without any style', () => {
  assert.equal(renderSummary(markdown), text);
});

test('with styles the text is the same', () => {
  const styled = renderSummary(markdown, { styled: true });
  assert.notEqual(styled, text);
  assert.equal(stripVTControlCharacters(styled), text);
});

test('HTML, as core.summary writes it, is shown without its tags', () => {
  const html = '<h1>Title</h1>\n<table><tr><td>a</td><td>b &amp; c</td></tr></table>\n<!-- hidden > too -->';
  assert.equal(renderSummary(html), 'Title\n\na b & c');
});
