/** The authorization end point, for a sign-in by browser: leads to the provider library's, on the plain listener. */
import type { Answer } from '../faults.ts';
import { admit, required } from './admission.ts';
import { signInParameters } from './device-code.ts';
import type { EntraRequest } from './entra-request.ts';
import { graphFor, parseScopes } from './requested-scopes.ts';
import { type AuthorityState, providerPaths } from './state.ts';

/** What goes through as it is; the rest of what MSAL sends means nothing to the library. */
const passed = [
  'redirect_uri',
  'response_type',
  'response_mode',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
];

export function answerAuthorize(request: EntraRequest, state: AuthorityState): Answer {
  const application = admit(request, state);
  const scope = required(request.parameters, 'scope');
  const target = new URL(providerPaths.authorize, state.provider.issuer);
  target.search = new URLSearchParams({
    client_id: application.clientId,
    ...Object.fromEntries([...request.parameters].filter(([name]) => passed.includes(name))),
    ...signInParameters(parseScopes(scope, graphFor(request.host)), scope, request.tenant),
    // The library gives a refresh token only where consent is asked for (OpenID Connect Core section 11).
    prompt: 'consent',
  }).toString();
  return { status: 302, headers: { location: target.href }, body: '' };
}
