import assert from 'node:assert/strict';
import test from 'node:test';
import { refusalOfInputs } from '../fakes/bad-input.ts';
import { inputsOf } from '../fakes/inputs.ts';
import { workflowRun } from '../fakes/workflow-run.ts';

const named = { 'secret-name': 'ENTRA_TOKEN_CACHE', 'secret-token': 'github_pat_11abc' };

for (const name of ['entra_token_cache', 'Entra_Token_Cache', '_E1', 'CACHE_OF_GITHUB_USER']) {
  test(`a secret may be called ${name}, in whatever case`, () => {
    assert.equal(inputsOf({ ...named, 'secret-name': name }).secret?.name, name.toUpperCase());
  });
}

for (const name of ['1ST', 'ENTRA-CACHE', 'ENTRA CACHE', 'GITHUB_CACHE', 'github_cache', 'É', 'A/B']) {
  test(`a secret cannot be called ${name}`, () => {
    assert.match(refusalOfInputs({ ...named, 'secret-name': name }), /secret-name is no name of a secret/);
  });
}

test('a name needs a token; what to give is said', () => {
  const message = refusalOfInputs({ 'secret-name': 'ENTRA_TOKEN_CACHE' });

  assert.match(message, /secret-token is missing or empty.*GITHUB_TOKEN cannot/);
});

test('a token that is empty since the run comes from a fork is explained', () => {
  const fork = workflowRun({ event: 'pull_request', isForkPullRequest: true });

  assert.match(refusalOfInputs({ 'secret-name': 'ENTRA_TOKEN_CACHE' }, fork), /such runs get no secrets/);
});

test('a token or an environment without a name says nothing of what to write', () => {
  for (const input of ['secret-token', 'secret-environment']) {
    const message = refusalOfInputs({ [input]: 'some-value' });
    assert.match(message, new RegExp(`${input} is given without secret-name`));
    assert.doesNotMatch(message, /some-value/);
  }
});

for (const token of ['two words', 'two\nlines', 'ключ']) {
  test(`${JSON.stringify(token)} is no token, and is not quoted`, () => {
    const message = refusalOfInputs({ ...named, 'secret-token': token });
    assert.match(message, /secret-token holds a space, a line break/);
    assert.doesNotMatch(message, /two|ключ/);
  });
}

test('an environment has a name of at most 255 characters, without control characters', () => {
  const environment = (name: string) => ({ ...named, 'secret-environment': name });

  assert.equal(inputsOf(environment('night runs, eu')).secret?.environment, 'night runs, eu');
  assert.match(refusalOfInputs(environment('a'.repeat(256))), /secret-environment has 256 characters/);
  assert.match(refusalOfInputs(environment('a\nb')), /secret-environment holds control characters/);
});

for (const name of [
  '..',
  '.',
  'a/b',
  '../../o/other',
  '/',
  'a\\b',
  '%2e%2e',
  '%2E',
  '.%2e',
  'a%2Fb',
  'a%5cb',
]) {
  test(`${name} is not the name of an environment: it would lead to another address`, () => {
    assert.match(
      refusalOfInputs({ ...named, 'secret-environment': name }),
      /secret-environment is not the name of an environment; it must not contain a slash, encoded or not/,
    );
  });
}

test('an environment may have dots and signs in its name', () => {
  for (const name of ['...', '.prod', 'v1.2', '100% done?#&+é'])
    assert.equal(inputsOf({ ...named, 'secret-environment': name }).secret?.environment, name);
});

for (const changes of [
  { repository: '' },
  { repository: '../..' },
  { repository: 'o/.' },
  { repository: 'o/r/..' },
  { apiUrl: 'http://github.example/api/v3' },
  { apiUrl: 'no address' },
]) {
  test(`a runner with ${JSON.stringify(changes)} can write no secret`, () => {
    assert.match(refusalOfInputs(named, workflowRun(changes)), /secret-name cannot be used on this runner/);
  });
}
