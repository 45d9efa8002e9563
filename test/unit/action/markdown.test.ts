import assert from 'node:assert/strict';
import test from 'node:test';
import { marked } from 'marked';
import { markdownCode, markdownLink, markdownText } from '../../../src/action/markdown.ts';

const tags = (markdown: string): readonly string[] =>
  [...(marked.parse(markdown, { async: false }) as string).matchAll(/<(\w+)/g)].map(([, tag]) => tag ?? '');

const hostile = [
  '<img src=x onerror=alert(1)>',
  '[click](https://evil.example)',
  '![](https://evil.example/x.png)',
  '**bold** _em_ `code` ~~gone~~',
  '# heading',
  '- item',
  '1. item',
  '> quote',
  'https://evil.example',
  'www.evil.example',
  'mail@evil.example',
  '</td></table><script>',
  'a\n\n# b',
  '&lt;b&gt;',
];

for (const text of hostile) {
  test(`"${text}" stays plain text in a paragraph and in a cell`, () => {
    assert.deepEqual(tags(`x ${markdownText(text)}`), ['p']);
    assert.deepEqual(tags(`| | |\n|---|---|\n| a | ${markdownText(text)} |`), [
      'table',
      'thead',
      'tr',
      'th',
      'th',
      'tbody',
      'tr',
      'td',
      'td',
    ]);
  });

  test(`"${text}" stays code in code`, () => {
    assert.deepEqual(tags(markdownCode(text)), ['p', 'code']);
  });
}

test('a pipe does not end a cell', () => {
  assert.ok(!markdownText('a | b').includes('|'));
});

test('names in any script are left readable', () => {
  assert.equal(markdownText('Zoë 王 Müller, Jr.'), 'Zoë 王 Müller, Jr.');
});

test('a link leads where it says, and nothing in it ends it', () => {
  const html = marked.parse(markdownLink('https://a.example/x?y=<b>&z=`w`> #q'), { async: false }) as string;

  assert.deepEqual(
    [...html.matchAll(/<(\w+)/g)].map(([, tag]) => tag),
    ['p', 'a'],
  );
  assert.match(html, /href="https:\/\/a\.example\/x\?/);
});
