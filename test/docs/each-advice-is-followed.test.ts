import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { adviceIn, adviceInSource } from './advice-in-source.ts';
import { root } from './markdown-pages.ts';

/** Advice that a test follows, under the path of the test. */
const followed: Readonly<Record<string, readonly string[]>> = {
  'test/e2e/a-failed-second-job-can-be-run-again.test.ts': [
    'Until … "Re-run failed jobs" waits for the same code again; after that choose "Re-run all jobs".',
    '…For a new code choose "Re-run all jobs": "Re-run failed jobs" comes with the old one.',
  ],
  'test/e2e/a-pending-sign-in-is-finished-once.test.ts': ['One job finishes a sign-in, once.'],
  'test/unit/token/workflow-cache-that-cannot-be-read.test.ts': [
    'run again when the cache service works. To sign in before that, dispatch the workflow with sign-in "force".',
  ],
  'test/unit/action/advice-that-is-followed-is-accepted.test.ts': [
    'dispatch the workflow by hand on …',
    'dispatch the workflow by hand',
    'Then …, and sign in there: …',
    '…, and sign in there: …',
    '…, and sign in there: … Or re-run this run: … That sign-in is kept for … only.',
    're-run this run and sign in: … Or dispatch the workflow by hand: …',
    'set sign-in to "auto" in the workflow that signs in.',
    'unless the repository is private: …',
    'set the input account to the user principal name, or the home account id, of the person who signs in.',
    'set the input account to the user principal name of the person who signs in, and set tenant-id to your tenant; or account alone to the home account id.',
    'set tenant-id to your tenant, or account to the home account id.',
    'turn on workflow-cache, with encryption-key, or set secret-name and secret-token: no store keeps the sign-in.',
    'set secret-name and secret-token: this runner offers no workflow cache, so no store keeps the sign-in.',
    "give encryption-key a value: it is empty, so no store keeps the sign-in. If the workflow passes a secret, check the secret's name, and whether this job may read it. If you have no key, make one (openssl rand -base64 32), and store it as a secret.",
  ],
};

/** Advice that no test follows, under the reason. */
const notFollowed: Readonly<Record<string, readonly string[]>> = {
  'asks for the same run once more, with nothing changed': [
    'run again when you are ready.',
    'run again and enter the new code.',
    'run again when … can be used, and enter the new code, even if you entered this one.',
    'run again, open the log at once, and enter the new code.',
    'run again and type the code exactly as the log shows it',
    'run again and enter the new code within 15 minutes',
    'run again and enter the new code',
    'run again and accept',
    'run again later, and less often',
    'run again in a few minutes',
    'run again in a few minutes.',
    'run again, and let … enter every code.',
    'run again in a few minutes. If it happens again, check tenant-id and cloud, or authority.',
  ],
  'a change of inputs or arguments: no scenario follows it yet': [
    'mend them in the workflow\'s "with:" block.… No request was made.',
    'if it is missing, add … under Authentication, "Mobile and desktop applications", and run the command again; or use --device-code.',
    'check the spelling of secret-environment; if it is right: …',
    'check the URL of …. If it is right, sign in by browser with the command line companion (its command seed, without --device-code), and pass what it prints as the input token-cache; later runs refresh it.',
    'check client-id, tenant-id and cloud',
    'check tenant-id and cloud',
    'set tenant-id to "organizations" or to your tenant',
    'check the spelling of scopes, and write each scope with the prefix of its own resource',
    "check the scope's URL",
    'check the spelling of scopes; never give ".default" beside named scopes',
    'write each scope with the prefix of its own resource; without one it is taken for Microsoft Graph',
    'register the app under "Mobile and desktop applications", then …',
    'check tenant-id and cloud, or authority, and whether a proxy responds in place of the server; then run again.',
    'set tenant-id to the GUID of the tenant, and run again.',
    'set account to the account id (the output account-id of a run that succeeds), or leave it empty in a private repository.',
    'set account to the account id, as the output account-id gives it in a private repository, and the command "inspect" for a seeded cache; or set tenant-id to the home tenant of the account.',
    'set tenant-id to "consumers" and run again.',
    'check tenant-id and cloud, or authority.',
    'check that the key is the right one and that the cache is complete.',
    'fix the problem or name another file, and run the command again.',
    'check --tenant-id and --cloud, or --authority, and run the command again.',
    'name a file instead, for example: entra-user-token inspect cache.json',
    'check the free space and the permissions of the temporary folder of the runner (RUNNER_TEMP), then run again. The token cannot reach the next step in any other way.',
  ],
  'asks for what only an administrator of a real tenant can do': [
    'ask your administrator what blocks the account.…',
    'Please look up in the sign-in log what blocks this account.',
    'use the workflow cache, or another app registration for this workflow',
    'check client-id, tenant-id and cloud (or authority), and that the app registration says "Allow public client flows": Yes.',
    'look the code up at https://login.microsoftonline.com/error, or send the reference below to your administrator',
    'in the app registration, under Authentication, set "Allow public client flows" to Yes',
    'ask an administrator to enable the app',
    'Please enable the app: Enterprise applications, the app, Properties.',
    'set tenant-id to the tenant of the app registration',
    'set tenant-id to your tenant or "organizations", or change the supported account types of the app registration',
    'sign in with another account, invite it as a guest, or set tenant-id to "consumers" for a personal account',
    'Please restore the account if it was deleted, or invite it to the tenant as a guest.',
    'send the admin consent link to your administrator',
    'register an app of your own and use its client id',
    'add the delegated permission to the app registration',
    'Please look the correlation id up in the sign-in log. Security defaults exclude nobody; Conditional Access policies in their place can exclude this account and this app.',
    'Please look up in the sign-in log why this sign-in was refused.',
    'ask an administrator to assign the user to the app',
    'wait; if it comes back, use a self-hosted runner with an address of your own, or ask an administrator to unlock the account',
    'Please look up in the sign-in log why the account is locked, and unlock it.',
    'ask an administrator to enable the account',
    'Please enable the account, if the workflow may go on using it.',
    'Please look at the risk of the account, and dismiss it if the account is safe.',
    'let the person open https://account.microsoft.com and lift the suspension there, then …',
    'Please allow this account and this app in the cross-tenant access settings.',
    'use a token-cache that was seeded by a browser sign-in on a managed device',
    'send the text below to your administrator',
    'Please look the correlation id up in the sign-in log. If the workflow may run, exclude this account and this app, and nothing else, from the policy that is named there.',
    'Please assign this account to the app: Enterprise applications, the app, Users and groups.',
    'Please enable the device that is named in the sign-in log, or have it registered again.',
    'consent to offline_access for the app, and run the command again.',
  ],
  'completes another advice': [
    'Nobody needs to sign in.',
    'The stored sign-in is unchanged, and nobody needs to sign in.',
    '…. Then run again.',
    '…. If it has that already, look whether the organization must approve the token or authorize it for SSO',
    '…. A token is shown only the repositories that were chosen for it',
    '…, and choose the right account; or invite it as a guest',
    '…, and accept; or ask for admin consent',
    '…, and finish it there',
    '…; it will come back as often as the policy says',
    '…, or sign in from another device',
    '…; if it says that a reply address is missing, add a redirect URI to the app registration (Authentication, "Mobile and desktop applications")',
    '…; let a schedule run more often than that',
    '…; for an unattended schedule an administrator must exclude the account from the policy',
    '…; for a personal account set tenant-id to "consumers"',
    'the same person',
    'the tenant of the account',
    'set authority to "ORIGIN/$1"',
    'set the tenant in authority to',
  ],
  'asks to report a fault, or to look one up': [
    'check secret-name; if it is right, report this',
    'report this: the action sends no secret',
    'run again. If it happens again, report it with this message, but without a token or a cache.',
  ],
  'asks for what only the operator of a server or a network can do': [
    'check GITHUB_API_URL, and whether … was renamed',
    'check tenant-id and cloud, or authority. If they are right, tell whoever runs the authority.',
    'check the input authority. If it is right, ask whoever runs the server to correct the document.',
    'send the reference below to whoever runs …',
    'use another network, or another tenant',
    'fix the network settings of the runner, then run again.',
    'run again in a few minutes. If it happens again, report it to whoever runs the server.',
    'do not sign in again before this is understood: report it to whoever runs the server, or a proxy in front of it.',
    'check tenant-id, and run again. If it happens again, report it to whoever runs the server.',
    'ask whoever runs the server to let this client have the scope openid, and run again.',
    'check that program or the disk, and run the command again.',
  ],
  'asks for a person at a real sign-in page': [
    'change it, then …',
    'sign in again',
    'run again and sign in with the right account, or change the input account.',
    'sign in with another account, or set tenant-id to ….',
  ],
};

const listed = [...Object.values(followed), ...Object.values(notFollowed)].flat();
const printed = adviceInSource();

test('Each advice of the code is followed by a test, or listed with the reason why none follows it', () => {
  assert.ok(printed.length > 90);
  const missing = printed.filter(({ text }) => !listed.includes(text));
  assert.deepEqual(missing, [], 'write a test that follows these, and list them under it');
});

test('Each listed advice is one of the code, under one heading, and under a test that exists', () => {
  assert.deepEqual(
    listed.filter((text) => !printed.some((advice) => advice.text === text)),
    [],
  );
  assert.equal(new Set(listed).size, listed.length);
  for (const path of Object.keys(followed)) assert.ok(existsSync(join(root, path)), path);
});

test('New advice is found wherever it is written', () => {
  const source = `
    const sendIt = 'send it to your administrator';
    throw new Failure('bad-input', { what: 'No advice is this.', why: '', fix: \`\${sendIt}, or \${late ? 'wait for a day' : 'run it again now'}\` });`;
  assert.deepEqual(
    adviceIn(source, 'src/new.ts')
      .map(({ text }) => text)
      .sort(),
    ['run it again now', 'send it to your administrator', 'wait for a day'],
  );
});
