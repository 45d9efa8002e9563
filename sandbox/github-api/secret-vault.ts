/** The secrets of one repository or environment: sealed boxes come in, libsodium opens them. */
import { randomInt } from 'node:crypto';
import sodium from 'libsodium-wrappers';

interface KeyPair {
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

await sodium.ready;

export class SecretVault {
  #key = newKeyPair();
  readonly #values = new Map<string, string>();

  /** As the end point gives it. */
  get publicKey(): { readonly key_id: string; readonly key: string } {
    return { key_id: this.#key.id, key: base64(this.#key.publicKey) };
  }

  /** From now on boxes for the former key are refused. */
  rotateKey(): void {
    this.#key = newKeyPair();
  }

  get names(): readonly string[] {
    return [...this.#values.keys()];
  }

  /** What a workflow would get as `secrets.NAME`; empty where there is none. */
  value(name: string): string {
    return this.#values.get(name.toUpperCase()) ?? '';
  }

  /** Sets a secret as its owner would, by whatever way. */
  set(name: string, value: string): void {
    this.#values.set(name.toUpperCase(), value);
  }

  /** @returns whether it is new; `undefined` where the box does not open */
  put(name: string, box: string, keyId: string): 'created' | 'updated' | undefined {
    if (keyId !== this.#key.id) return undefined;
    const value = this.#open(box);
    if (value === undefined) return undefined;
    const done = this.#values.has(name) ? 'updated' : 'created';
    this.#values.set(name, value);
    return done;
  }

  delete(name: string): boolean {
    return this.#values.delete(name);
  }

  #open(box: string): string | undefined {
    try {
      const sealed = sodium.from_base64(box, sodium.base64_variants.ORIGINAL);
      return sodium.to_string(sodium.crypto_box_seal_open(sealed, this.#key.publicKey, this.#key.privateKey));
    } catch {
      return undefined;
    }
  }
}

function newKeyPair(): KeyPair {
  const { publicKey, privateKey } = sodium.crypto_box_keypair();
  // The platform's ids are long numbers, as text.
  const id = `3380${Array.from({ length: 14 }, () => randomInt(10)).join('')}`;
  return { id, publicKey, privateKey };
}

function base64(bytes: Uint8Array): string {
  return sodium.to_base64(bytes, sodium.base64_variants.ORIGINAL);
}
