import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { schedule } from '../../sandbox/runner/events.ts';
import type { EncryptionKey } from '../../src/sealing/encryption-keys.ts';
import { seal } from '../../src/sealing/envelope.ts';
import { logOf, scenario, type World } from './scenario.ts';
import { entryBinding, plantEntry, sealingKey } from './sealed-entries.ts';

const binding = entryBinding();
const times = { sealedAt: Date.now(), refreshedAt: Date.now() };

const sealed = (key: EncryptionKey): Promise<string> =>
  seal({ Account: {} }, { type: 'entra-user-token-cache', key, binding }, times);

const ofVersion =
  (version: number) =>
  (key: EncryptionKey): Promise<string> =>
    new CompactEncrypt(
      new TextEncoder().encode(JSON.stringify({ version, ...binding, ...times, contents: {} })),
    )
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: 'entra-user-token-cache', kid: key.id })
      .encrypt(key.bytes);

async function flipped(key: EncryptionKey): Promise<string> {
  const text = await sealed(key);
  const middle = text.lastIndexOf('.') - 20;
  return text.slice(0, middle) + (text[middle] === 'A' ? 'B' : 'A') + text.slice(middle + 1);
}

const entries: Readonly<
  Record<string, readonly [make: (key: EncryptionKey) => Promise<string>, reason: RegExp]>
> = {
  'of an earlier version': [ofVersion(1), /sealed by another version/],
  'of a later version': [ofVersion(3), /sealed by another version/],
  'sealed with another key': [() => sealed(sealingKey(randomBytes(32).toString('hex'))), /another key/],
  'changed by one bit': [flipped, /was changed after it was sealed/],
};

for (const [what, [make, reason]] of Object.entries(entries)) {
  scenario(
    `A workflow cache entry that is ${what} gets one warning, then is as if there were none`,
    async ({ sandbox, run, encryptionKey }: World) => {
      await plantEntry(sandbox, await make(sealingKey(encryptionKey)), binding, encryptionKey);

      const night = await run(schedule());

      assert.deepEqual(night.outputs, { 'error-code': 'sign-in-needed' });
      assert.match(logOf(night), /^Why: no stored sign-in can be used, for the reasons above in the log/m);
      const warnings = night.annotations.filter(({ kind }) => kind === 'warning');
      assert.equal(warnings.length, 1, logOf(night));
      assert.match(warnings[0]?.message ?? '', reason);
    },
  );
}
