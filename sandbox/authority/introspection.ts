/**
 * Tells a mail server whose a token is, and what it may do. Entra has no such end point: its own servers know its keys.
 * Who may ask is not checked, since only this machine can.
 * Source: RFC 7662.
 */
import type { Answer } from '../faults.ts';
import { verifyAccessToken } from './access-token.ts';
import { required } from './admission.ts';
import type { EntraRequest } from './entra-request.ts';
import { jsonAnswer } from './json-answer.ts';
import type { AuthorityState } from './state.ts';

/** The parameter `resource` names who asks: a token for another resource is not active there (RFC 7662 section 4). */
export async function answerIntrospection(
  { parameters }: EntraRequest,
  state: AuthorityState,
): Promise<Answer> {
  const resource = required(parameters, 'resource');
  const caller = await verifyAccessToken(required(parameters, 'token'), resource, state);
  if (caller === undefined) return jsonAnswer(200, { active: false });
  const { account, claims } = caller;
  return jsonAnswer(200, {
    active: true,
    username: account.username,
    scope: claims['scp'],
    client_id: claims['appid'],
    token_type: 'Bearer',
    aud: claims.aud,
    exp: claims.exp,
    sub: claims.sub,
  });
}
