import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import sodium from 'libsodium-wrappers';
import { sealedBox } from '../../../src/stores/actions-secret/sealed-box.ts';

// Not at the top of the file: the runner takes tests named after that to be of the file that waited for it first.
before(() => sodium.ready);

for (const length of [0, 1, 31, 64, 1000, 48 * 1024]) {
  test(`libsodium opens a sealed box of ${length} bytes`, () => {
    const owner = sodium.crypto_box_keypair();
    const message = sodium.randombytes_buf(length);

    const box = sealedBox(message, owner.publicKey);

    assert.equal(box.length, length + sodium.crypto_box_SEALBYTES);
    assert.deepEqual(sodium.crypto_box_seal_open(box, owner.publicKey, owner.privateKey), message);
  });
}

test('Two boxes with the same message have nothing in common', () => {
  const { publicKey } = sodium.crypto_box_keypair();
  const [one, other] = [1, 2].map(() => sealedBox(Buffer.alloc(32), publicKey));

  assert.notDeepEqual(one?.slice(0, 32), other?.slice(0, 32));
  assert.notDeepEqual(one?.slice(32), other?.slice(32));
});

for (const [what, key] of [
  ['too short', new Uint8Array(31).fill(9)],
  ['too long', new Uint8Array(33).fill(9)],
  ['a point at which every shared secret is the same', new Uint8Array(32)],
] as const) {
  test(`A public key that is ${what} is refused`, () => {
    assert.throws(() => sealedBox(Buffer.from('x'), key));
  });
}
