/** One end point of Microsoft Graph: who am I? It opens to a token for Graph with `User.Read`, and to nothing else. */
import { randomUUID } from 'node:crypto';
import type { Answer } from '../faults.ts';
import { verifyAccessToken } from './access-token.ts';
import type { EntraRequest } from './entra-request.ts';
import { jsonAnswer } from './json-answer.ts';
import { graphFor } from './requested-scopes.ts';
import type { AuthorityState } from './state.ts';

/** Source: https://learn.microsoft.com/graph/api/user-get, errors: https://learn.microsoft.com/graph/errors */
export async function answerMe(request: EntraRequest, state: AuthorityState): Promise<Answer> {
  const token = /^Bearer (.+)$/i.exec(request.authorization ?? '')?.[1];
  if (token === undefined) return graphError(401, 'InvalidAuthenticationToken', 'Access token is empty.');
  const caller = await verifyAccessToken(token, graphFor(request.host), state);
  if (caller === undefined) {
    return graphError(401, 'InvalidAuthenticationToken', 'Access token validation failure.');
  }
  if (!caller.permissions.includes('user.read')) {
    return graphError(
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    );
  }
  const { account } = caller;
  return jsonAnswer(200, {
    '@odata.context': `https://${request.authority}/v1.0/$metadata#users/$entity`,
    id: account.objectId,
    displayName: account.displayName,
    userPrincipalName: account.username,
    mail: account.username,
  });
}

function graphError(status: number, code: string, message: string): Answer {
  const id = randomUUID();
  const innerError = {
    date: new Date().toISOString().slice(0, 19),
    'request-id': id,
    'client-request-id': id,
  };
  return jsonAnswer(status, { error: { code, message, innerError } });
}
