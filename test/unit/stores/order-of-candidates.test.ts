import assert from 'node:assert/strict';
import test from 'node:test';
import { orderCandidates } from '../../../src/stores/candidates.ts';
import type { StoredSignIn } from '../../../src/stores/sign-in-store.ts';
import { alice, bob, type FakePerson } from '../fakes/people.ts';
import { smallCache } from '../fakes/small-cache.ts';

function found(
  origin: string,
  person: FakePerson,
  refreshedAt: number | undefined,
  isInput = false,
): StoredSignIn {
  const record = { cache: smallCache(person), refreshedAt, keyId: undefined, details: {} };
  return { origin, isInput, record };
}

function origins(candidates: readonly StoredSignIn[], account = ''): readonly string[] {
  return orderCandidates(candidates, account).candidates.map(({ origin }) => origin);
}

test('the last refreshed comes first, a plain token-cache, which has no date, last', () => {
  const candidates = [found('input', alice, undefined, true), found('old', alice, 1), found('new', alice, 2)];

  assert.deepEqual(origins(candidates), ['new', 'old', 'input']);
});

test('a sealed token-cache that was refreshed later comes first', () => {
  assert.deepEqual(origins([found('cache', alice, 1), found('input', alice, 2, true)]), ['input', 'cache']);
});

test('with different people in them and no account, token-cache comes first, since someone chose it', () => {
  const candidates = [found('cache', bob, 2), found('input', alice, undefined, true)];

  assert.deepEqual(origins(candidates), ['input', 'cache']);
  assert.equal(orderCandidates(candidates, '').inputWins, true);
});

test('with an account the date decides, whoever is in them', () => {
  const candidates = [found('cache', bob, 2), found('input', alice, undefined, true)];

  assert.deepEqual(origins(candidates, 'bob@contoso.example'), ['cache', 'input']);
  assert.equal(orderCandidates(candidates, 'bob@contoso.example').inputWins, false);
});

test('with the same person in them nobody is told that token-cache wins', () => {
  assert.equal(
    orderCandidates([found('cache', alice, 2), found('input', alice, 1, true)], '').inputWins,
    false,
  );
});
