// MSAL Node as its samples use it, unbundled: a file holds the cache, the token is printed.
import { readFile } from 'node:fs/promises';
import { PublicClientApplication } from '@azure/msal-node';

const [clientId, authority, file] = process.argv.slice(2);
const application = new PublicClientApplication({ auth: { clientId, authority } });
const cache = application.getTokenCache();
cache.deserialize(await readFile(file, 'utf8'));
const [account] = await cache.getAllAccounts();
const result = await application.acquireTokenSilent({ account, scopes: ['User.Read'] });
console.log(`token ${result.accessToken}`);
