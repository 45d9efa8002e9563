import type { Settings } from '../settings.ts';
import { isHomeAccountIdOfEntra } from './account-name.ts';
import {
  type Authority,
  allowedTenants,
  cloudAuthority,
  customAuthority,
  isEntraTenant,
  isGuid,
} from './authority.ts';
import { type CloudName, cloudNames } from './clouds.ts';

/** For whom and where a token is asked for. */
export interface SignInTarget {
  readonly clientId: string;
  readonly authority: Authority;
  /** The only account accepted, as it was given; empty for any. */
  readonly account: string;
}

/**
 * Reads and checks what names the app registration, the authority and the account.
 * @returns beside the target its authority as far as its cloud is known: where it is not, what depends on it must not be
 *   checked, since one bad setting is one problem
 */
export function readSignInTarget(settings: Settings): {
  readonly target: SignInTarget;
  readonly knownAuthority: Authority | undefined;
} {
  const knownAuthority = readAuthority(settings);
  return {
    target: {
      clientId: readClientId(settings, knownAuthority),
      authority: knownAuthority ?? cloudAuthority('public', 'organizations'),
      account: readAccount(settings, knownAuthority),
    },
    knownAuthority,
  };
}

function readClientId(settings: Settings, authority: Authority | undefined): string {
  const text = settings.get('client-id');
  const custom = settings.isGiven('authority');
  if (text === '')
    settings.addProblem('client-id', 'is missing; give the application (client) ID of your app registration');
  else if (custom ? !/^[\x21-\x7e]+$/.test(text) : !isGuid(text)) {
    settings.addProblem(
      'client-id',
      'is not a GUID; give the application (client) ID of your app registration, as its overview page shows it',
    );
  }
  return isGuid(text) && authority?.wellKnown ? text.toLowerCase() : text;
}

function readAuthority(settings: Settings): Authority | undefined {
  const text = settings.get('authority');
  if (!settings.isGiven('authority')) {
    const cloud = readCloud(settings);
    const tenant = readTenant(settings);
    return cloud && cloudAuthority(cloud, tenant);
  }
  for (const rival of ['cloud', 'tenant-id'] as const) {
    if (settings.isGiven(rival))
      settings.addProblem(
        'authority',
        `cannot be given together with ${rival}; the URL says both cloud and tenant`,
      );
  }
  const authority = customAuthority(text);
  if (authority.kind === 'problem') settings.addProblem('authority', authority.problem);
  return authority.kind === 'value' && settings.isGood('authority') ? authority.value : undefined;
}

function readCloud(settings: Settings): CloudName | undefined {
  const text = settings.get('cloud').toLowerCase() || 'public';
  const cloud = cloudNames.find((name) => name === text);
  if (!cloud) settings.addProblem('cloud', `is none of ${cloudNames.map((name) => `"${name}"`).join(', ')}`);
  return settings.isGood('cloud') ? cloud : undefined;
}

function readTenant(settings: Settings): string {
  const text = settings.get('tenant-id') || 'organizations';
  if (isEntraTenant(text)) return text;
  settings.addProblem('tenant-id', `is no tenant; ${allowedTenants}`);
  return 'organizations';
}

function readAccount(settings: Settings, authority: Authority | undefined): string {
  const text = settings.get('account');
  // Without the input authority it is one of Entra's clouds, whichever.
  const isEntra = authority?.wellKnown ?? !settings.isGiven('authority');
  const problem = text !== '' && accountProblem(text, isEntra);
  if (problem) settings.addProblem('account', problem);
  return text;
}

function accountProblem(text: string, isEntra: boolean): string | undefined {
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text))
    return 'contains a line break or an invisible character';
  // Elsewhere the output account-id is the id token's `sub`, which may be any text.
  if (!isEntra) return undefined;
  if (/#ext#/i.test(text))
    return 'is the name of a guest in this tenant ("#EXT#"); give the name that the person has in the home tenant, or the id that the output account-id gives';
  const isPrincipalName = /^[^\s@]+@[^\s@]+$/.test(text);
  const isPhoneNumber = /^\+\d{5,20}$/.test(text);
  return isPrincipalName || isPhoneNumber || isHomeAccountIdOfEntra(text)
    ? undefined
    : 'is neither a user principal name (name@domain), nor a phone number (+ and digits), nor a home account id (as the output account-id gives it)';
}
