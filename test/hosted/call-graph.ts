/** A step that uses the token in TOKEN. With NODE_USE_ENV_PROXY, `fetch` goes through the proxy as the action does. */
import assert from 'node:assert/strict';

const answer = await fetch('https://graph.microsoft.com/v1.0/me', {
  headers: { authorization: `Bearer ${process.env['TOKEN']}` },
});
const me = (await answer.json()) as Readonly<Record<string, unknown>>;
assert.equal(answer.status, 200);
assert.equal(me['userPrincipalName'], 'alice@sandbox.example');
console.log('Microsoft Graph (the sandbox’s) knows the token as Alice’s.');
