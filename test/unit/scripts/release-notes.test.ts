import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pinAndVerify, releaseNotes } from '../../../scripts/release-notes.ts';

const changelog = `# Changelog

## [Unreleased]

- Not yet.

## [1.2.0] - 2026-11-25

### Added

- A thing.

## [1.1.0] - 2026-11-01

- An older thing.
`;

test('a release has the text of its version, and of no other', () => {
  assert.equal(releaseNotes('v1.2.0', '1.2.0', changelog), '### Added\n\n- A thing.\n');
});

test('the tag must be the version of package.json', () => {
  assert.throws(
    () => releaseNotes('v1.3.0', '1.2.0', changelog),
    /tag is v1\.3\.0, and package\.json says 1\.2\.0/,
  );
});

test('a version without a text is not released', () => {
  assert.throws(() => releaseNotes('v1.3.0', '1.3.0', changelog), /nothing under "## \[1\.3\.0\]"/);
  assert.throws(() => releaseNotes('v1.3.0', '1.3.0', `${changelog}\n## [1.3.0]\n`), /nothing under/);
});

test('the notes say how to pin the release, and how to verify it', () => {
  const text = pinAndVerify('v1.2.0', 'contoso/entra-user-token', '0123abc');
  assert.match(text, /^uses: contoso\/entra-user-token@0123abc # v1\.2\.0$/m);
  assert.match(text, /^gh release verify v1\.2\.0 --repo contoso\/entra-user-token$/m);
  assert.match(text, /^gh attestation verify cli\.js --repo contoso\/entra-user-token$/m);
});
