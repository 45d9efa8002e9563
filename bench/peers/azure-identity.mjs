// DeviceCodeCredential with a persistent cache and an authentication record. The first run, without a record, signs in.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import {
  DeviceCodeCredential,
  deserializeAuthenticationRecord,
  serializeAuthenticationRecord,
  useIdentityPlugin,
} from '@azure/identity';
import { cachePersistencePlugin } from '@azure/identity-cache-persistence';

const [clientId, tenantId, file] = process.argv.slice(2);
useIdentityPlugin(cachePersistencePlugin);
const options = {
  clientId,
  tenantId,
  tokenCachePersistenceOptions: { enabled: true, name: 'bench', unsafeAllowUnencryptedStorage: true },
  userPromptCallback: ({ userCode }) => console.log(`code ${userCode}`),
};
const scope = 'https://graph.microsoft.com/User.Read';
if (!existsSync(file)) {
  const record = await new DeviceCodeCredential(options).authenticate(scope);
  await writeFile(file, serializeAuthenticationRecord(record));
} else {
  const authenticationRecord = deserializeAuthenticationRecord(await readFile(file, 'utf8'));
  const credential = new DeviceCodeCredential({
    ...options,
    authenticationRecord,
    disableAutomaticAuthentication: true,
  });
  console.log(`token ${(await credential.getToken(scope)).token}`);
}
