import assert from 'node:assert/strict';
import test from 'node:test';
import { helpLine } from '../../../src/action/help-line.ts';

const onGitHub = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_ACTION_REPOSITORY: 'contoso/entra-user-token',
  GITHUB_ACTION_REF: 'v1',
};
const sha = '0123456789abcdef0123456789abcdef01234567';

for (const [ref, repository] of [
  ['v1', 'contoso/entra-user-token'],
  ['v1.2.3', 'Contoso-Org/Entra-User-Token'],
  [sha, 'contoso/entra-user-token'],
  ['releases/v1', 'contoso/entra-user-token'],
] as const) {
  test(`the last line is a link to the page of the version in use: ${ref} of ${repository}`, () => {
    const line = helpLine('sign-in-needed', {
      ...onGitHub,
      GITHUB_ACTION_REF: ref,
      GITHUB_ACTION_REPOSITORY: repository,
    });
    assert.equal(
      line,
      `Help: https://github.com/${repository}/blob/${ref}/docs/troubleshooting.md#sign-in-needed`,
    );
  });
}

for (const [where, changes] of [
  ['on another server', { GITHUB_SERVER_URL: 'https://github.contoso.example' }],
  ['on a server that only begins as GitHub does', { GITHUB_SERVER_URL: 'https://github.com.evil.example' }],
  ['where no server is named', { GITHUB_SERVER_URL: undefined }],
  ['for a local action, which has no repository', { GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION_REF: '' }],
  [
    'in a composite action, of whose repository the variables are',
    { GITHUB_ACTION_REPOSITORY: 'acme/setup' },
  ],
  ['where the repository is no name', { GITHUB_ACTION_REPOSITORY: '../entra-user-token' }],
  ['where the repository has a further part', { GITHUB_ACTION_REPOSITORY: 'a/b/entra-user-token' }],
  ['where the ref is missing', { GITHUB_ACTION_REF: '' }],
  ['where the ref leads elsewhere', { GITHUB_ACTION_REF: 'v1/../../../evil' }],
  ['where the ref begins with a slash', { GITHUB_ACTION_REF: '/evil.example' }],
  ['where the ref holds a query', { GITHUB_ACTION_REF: 'v1?x=1#y' }],
  ['where the ref holds a line break', { GITHUB_ACTION_REF: 'v1\n::error::x' }],
  ['where the ref is too long', { GITHUB_ACTION_REF: 'v'.repeat(300) }],
] as const) {
  test(`${where}, the last line names the page and the word`, () => {
    assert.equal(
      helpLine('blocked-by-policy', { ...onGitHub, ...changes }),
      'Help: docs/troubleshooting.md, blocked-by-policy',
    );
  });
}
