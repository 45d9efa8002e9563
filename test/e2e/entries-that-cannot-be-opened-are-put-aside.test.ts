import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { multiTenantApp } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { type EncryptionKey, parseEncryptionKeys } from '../../src/cache/encryption-keys.ts';
import { seal } from '../../src/cache/envelope.ts';
import { freshKey, restorePrefix } from '../../src/cache/workflow-cache.ts';
import { logOf, scenario, type World } from './scenario.ts';

const path = 'entra-user-token/sign-in.jwe';
const binding = {
  clientId: multiTenantApp.clientId,
  authority: 'https://login.microsoftonline.com/organizations',
};
const times = { sealedAt: Date.now(), refreshedAt: Date.now() };

function keyFrom(text: string): EncryptionKey {
  const keys = parseEncryptionKeys(text);
  const [key] = typeof keys === 'string' ? [] : keys;
  assert.ok(key);
  return key;
}

const sealed = (key: EncryptionKey): Promise<string> =>
  seal('entra-user-token-cache', key, binding, { Account: {} }, times);

const ofVersion2 = (key: EncryptionKey): Promise<string> =>
  new CompactEncrypt(
    new TextEncoder().encode(JSON.stringify({ version: 2, ...binding, ...times, contents: {} })),
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
  'of another version': [ofVersion2, /sealed by another version/],
  'sealed with another key': [
    () => sealed(keyFrom(randomBytes(32).toString('hex'))),
    /a key that is not among those given/,
  ],
  'changed by one bit': [flipped, /was changed after it was sealed/],
};

for (const [what, [make, reason]] of Object.entries(entries)) {
  scenario(
    `A workflow cache entry that is ${what} gets one warning, then is as if there were none`,
    async ({ sandbox, run, encryptionKey }: World) => {
      const key = keyFrom(encryptionKey);
      const prefix = restorePrefix({ ...binding, account: '', cacheName: '' }, key.id);
      await sandbox.cacheService.plantFiles({
        key: freshKey(prefix, { id: '1', attempt: 1 }),
        files: { [path]: await make(key) },
        paths: [path],
      });

      const night = await run(schedule());

      assert.deepEqual(night.outputs, { 'error-code': 'sign-in-needed' });
      const warnings = night.annotations.filter(({ kind }) => kind === 'warning');
      assert.equal(warnings.length, 1, logOf(night));
      assert.match(warnings[0]?.message ?? '', reason);
    },
  );
}
