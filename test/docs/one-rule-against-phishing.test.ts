import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { allPages, root } from './markdown-pages.ts';

const rule = 'Open the run, and compare the code before you enter it.';

test('Each page that speaks of phishing, or of sending a code, gives the one rule against it', () => {
  const speaking = allPages()
    .map(({ path }) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    .filter(({ text }) => /used for phishing|code phishing|ENV\.USER_CODE/.test(text));
  assert.ok(speaking.length > 3);
  for (const { path, text } of speaking) {
    if (path === 'docs/conditional-access.md') continue; // There it is the reason of a policy.
    assert.ok(text.includes(rule), path);
  }
});

test('No page has another rule for whose code a person may enter', () => {
  for (const { path } of allPages()) {
    const text = readFileSync(join(root, path), 'utf8').replace(/`[^`]*`/g, '');
    assert.ok(!/never enter a code|enter only a code|only for a run that you/i.test(text), path);
  }
});
