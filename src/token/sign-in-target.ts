import { type Authority, cloudAuthority, cloudNames, customAuthority } from './authority.ts';

/** For whom and where a token is asked for. */
export interface SignInTarget {
  readonly clientId: string;
  readonly authority: Authority;
  /** The only account accepted, in lower case; empty for any. */
  readonly account: string;
}

/** A setting that names a part of the target: an input of the action, or an option of the command line. */
export type TargetSetting = 'client-id' | 'tenant-id' | 'cloud' | 'authority' | 'account';

export interface TargetSettings {
  /** The text of a setting; empty where it is not given. */
  get(setting: TargetSetting): string;
  /** @param problem in words that follow the setting's name */
  addProblem(setting: TargetSetting, problem: string): void;
}

/** Reads and checks what names the app registration, the authority and the account. */
export function readSignInTarget(settings: TargetSettings): SignInTarget {
  return {
    clientId: readClientId(settings),
    authority: readAuthority(settings),
    account: readAccount(settings),
  };
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function readClientId({ get, addProblem }: TargetSettings): string {
  const text = get('client-id');
  const custom = get('authority') !== '';
  if (text === '')
    addProblem('client-id', 'is missing; give the application (client) ID of your app registration');
  else if (custom ? !/^[\x21-\x7e]{1,200}$/.test(text) : !guid.test(text)) {
    addProblem(
      'client-id',
      'is not a GUID; give the application (client) ID of your app registration, as its overview page shows it',
    );
  }
  return custom ? text : text.toLowerCase();
}

function readAuthority(settings: TargetSettings): Authority {
  const { get, addProblem } = settings;
  const custom = get('authority');
  if (custom === '') return cloudAuthority(readCloud(settings), readTenant(settings));

  for (const rival of ['cloud', 'tenant-id'] as const) {
    if (get(rival) !== '')
      addProblem('authority', `cannot be given together with ${rival}; the URL says both cloud and tenant`);
  }
  const authority = customAuthority(custom);
  if (typeof authority !== 'string') return authority;
  addProblem('authority', authority);
  return cloudAuthority('public', 'organizations');
}

function readCloud({ get, addProblem }: TargetSettings): (typeof cloudNames)[number] {
  const text = get('cloud').toLowerCase() || 'public';
  const cloud = cloudNames.find((name) => name === text);
  if (!cloud) addProblem('cloud', `is none of ${cloudNames.map((name) => `"${name}"`).join(', ')}`);
  return cloud ?? 'public';
}

function readTenant({ get, addProblem }: TargetSettings): string {
  const text = get('tenant-id') || 'organizations';
  const isName = /^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/i.test(text);
  const isDomain = isName && text.includes('.') && !text.includes('..');
  if (
    !guid.test(text) &&
    !isDomain &&
    !['organizations', 'consumers', 'common'].includes(text.toLowerCase())
  ) {
    addProblem(
      'tenant-id',
      'is no tenant; allowed are a tenant GUID, a domain such as contoso.onmicrosoft.com, "organizations", "consumers" and "common"',
    );
  }
  return text;
}

function readAccount({ get, addProblem }: TargetSettings): string {
  const text = get('account');
  const isPrincipalName = /^[^\s@]+@[^\s@]+$/.test(text);
  const isHomeAccountId = /^[0-9a-z-]{1,64}\.[0-9a-z-]{1,64}$/i.test(text);
  if (text !== '' && !isPrincipalName && !isHomeAccountId) {
    addProblem(
      'account',
      'is neither a user principal name (name@domain) nor a home account id (as the output account-id gives it)',
    );
  }
  return text.toLowerCase();
}
