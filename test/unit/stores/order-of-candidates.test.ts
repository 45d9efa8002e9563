import assert from 'node:assert/strict';
import test from 'node:test';
import { type Found, inOrder } from '../../../src/stores/candidates.ts';
import { alice, bob, type FakePerson } from '../fakes/people.ts';
import { smallCache } from '../fakes/small-cache.ts';

function found(origin: string, person: FakePerson, refreshedAt: number | undefined, isInput = false): Found {
  const record = { cache: smallCache(person), refreshedAt, keyId: undefined, details: {} };
  return { origin, isInput, record };
}

function origins(candidates: readonly Found[], account = ''): readonly string[] {
  return inOrder(candidates, account).order.map(({ origin }) => origin);
}

test('the last refreshed comes first, a plain token-cache, which has no date, last', () => {
  const candidates = [found('input', alice, undefined, true), found('old', alice, 1), found('new', alice, 2)];

  assert.deepEqual(origins(candidates), ['new', 'old', 'input']);
});

test('a sealed token-cache that was refreshed later comes first', () => {
  assert.deepEqual(origins([found('cache', alice, 1), found('input', alice, 2, true)]), ['input', 'cache']);
});

test('with different people in them and no account, token-cache wins, since someone chose it', () => {
  const candidates = [found('cache', bob, 2), found('input', alice, undefined, true)];

  assert.deepEqual(origins(candidates), ['input', 'cache']);
  assert.equal(inOrder(candidates, '').inputWins, true);
});

test('with an account the date decides, whoever is in them', () => {
  const candidates = [found('cache', bob, 2), found('input', alice, undefined, true)];

  assert.deepEqual(origins(candidates, 'bob@contoso.example'), ['cache', 'input']);
  assert.equal(inOrder(candidates, 'bob@contoso.example').inputWins, false);
});

test('with the same person in them nobody is told that token-cache wins', () => {
  assert.equal(inOrder([found('cache', alice, 2), found('input', alice, 1, true)], '').inputWins, false);
});
