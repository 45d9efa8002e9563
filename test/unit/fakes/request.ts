import { minutes } from '../../../src/clock.ts';
import { cloudAuthority } from '../../../src/entra/authority.ts';
import type { TokenRequest } from '../../../src/token/token-request.ts';
import { contoso } from './people.ts';

export const clientId = 'c11e0000-0000-4000-8000-00000000c11e';

/** A request like that of a step with nothing but client-id and tenant-id set, with changes. */
export function tokenRequest(changes: Partial<TokenRequest> = {}): TokenRequest {
  return {
    clientId,
    authority: cloudAuthority('public', contoso),
    scopes: ['User.Read'],
    account: '',
    minimumLifetime: minutes(5),
    signInTimeout: minutes(15),
    forceSignIn: false,
    mayNamePeople: true,
    ...changes,
  };
}
