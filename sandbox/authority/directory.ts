/**
 * Who and what the sandbox knows: one tenant, its accounts, a personal account, and some app registrations.
 * The identifiers are fixed, so that tests and texts can name them. Everything is invented.
 */

/** The sandbox tenant: its directory (tenant) ID, and its verified domain, which may stand for it in a path. */
export const sandboxTenant = {
  id: '5a4db000-1111-4222-8333-444455556666',
  domain: 'sandbox.example',
} as const;

/** The tenant that all personal Microsoft accounts are in (a constant of Entra's, not invented). */
export const personalAccountsTenantId = '9188040d-6c67-4c5b-b112-36a304b66dad';

export interface Account {
  /** Object ID in the tenant (`oid`). */
  readonly objectId: string;
  readonly tenantId: string;
  /** What the person types to sign in; `preferred_username` in an id token. */
  readonly username: string;
  readonly displayName: string;
}

/** Who may use an app: the "supported account types" of its registration. */
export type Audience = 'single-tenant' | 'organizations' | 'organizations-and-personal';

export interface Application {
  /** Application (client) ID. */
  readonly clientId: string;
  readonly name: string;
  readonly audience: Audience;
  /** "Allow public client flows": without it the token end point asks for a secret (AADSTS7000218). */
  readonly publicClient: boolean;
}

export const alice: Account = {
  objectId: 'a11ce000-0000-4000-8000-000000000001',
  tenantId: sandboxTenant.id,
  username: 'alice@sandbox.example',
  displayName: 'Alice Example',
};

export const bob: Account = {
  objectId: 'b0b00000-0000-4000-8000-000000000002',
  tenantId: sandboxTenant.id,
  username: 'bob@sandbox.example',
  displayName: 'Bob Example',
};

/** A personal account; the object IDs of those begin with 32 zero bits. */
export const carol: Account = {
  objectId: '00000000-0000-0000-ca01-000000000003',
  tenantId: personalAccountsTenantId,
  username: 'carol@personal.example',
  displayName: 'Carol Example',
};

/** The app that the demo and most tests use: any work account and any personal one may sign in to it. */
export const multiTenantApp: Application = {
  clientId: 'c11e0000-0000-4000-8000-000000000001',
  name: 'Sandbox workflow',
  audience: 'organizations-and-personal',
  publicClient: true,
};

export const organizationsApp: Application = {
  clientId: 'c11e0000-0000-4000-8000-000000000002',
  name: 'Sandbox workflow (work accounts)',
  audience: 'organizations',
  publicClient: true,
};

export const singleTenantApp: Application = {
  clientId: 'c11e0000-0000-4000-8000-000000000003',
  name: 'Sandbox workflow (single tenant)',
  audience: 'single-tenant',
  publicClient: true,
};

export const confidentialApp: Application = {
  clientId: 'c11e0000-0000-4000-8000-000000000004',
  name: 'Sandbox workflow (not a public client)',
  audience: 'organizations-and-personal',
  publicClient: false,
};

export const builtInAccounts: readonly Account[] = [alice, bob, carol];

export const builtInApplications: readonly Application[] = [
  multiTenantApp,
  organizationsApp,
  singleTenantApp,
  confidentialApp,
];

/** Home account ID as MSAL makes it of `client_info`: `oid.tid`. */
export function homeAccountId(account: Account): string {
  return `${account.objectId}.${account.tenantId}`;
}

export class Directory {
  readonly accounts: readonly Account[];
  readonly applications: readonly Application[];

  constructor(accounts: readonly Account[], applications: readonly Application[]) {
    this.accounts = [...builtInAccounts, ...accounts];
    this.applications = [...builtInApplications, ...applications];
  }

  account(homeId: string | undefined): Account | undefined {
    return this.accounts.find((account) => homeAccountId(account) === homeId);
  }

  /** @throws Error where nobody has this name: a mistake in the test that asked. */
  accountNamed(username: string): Account {
    const account = this.accounts.find((known) => known.username.toLowerCase() === username.toLowerCase());
    if (account === undefined) throw new Error(`The sandbox has no account ${username}`);
    return account;
  }

  application(clientId: string | undefined): Application | undefined {
    return this.applications.find((application) => application.clientId === clientId?.toLowerCase());
  }

  /** The accounts that may sign in to an app through a tenant as it stands in a path. */
  accountsFor(application: Application, tenant: string): Account[] {
    return this.accounts.filter(
      (account) => audienceHolds(application.audience, account) && tenantHolds(tenant, account),
    );
  }
}

/** Whether the tenant that stands in a path is one that an account can sign in through. */
export function tenantHolds(tenant: string, account: Account): boolean {
  const personal = account.tenantId === personalAccountsTenantId;
  switch (tenant.toLowerCase()) {
    case 'common':
      return true;
    case 'organizations':
      return !personal;
    case 'consumers':
      return personal;
    case sandboxTenant.domain:
      return account.tenantId === sandboxTenant.id;
    default:
      return account.tenantId === tenant.toLowerCase();
  }
}

/** Whether a tenant exists, as a GUID, a domain or one of the three words. */
export function isTenant(tenant: string): boolean {
  const words = ['common', 'organizations', 'consumers'];
  return [...words, sandboxTenant.id, sandboxTenant.domain, personalAccountsTenantId].includes(
    tenant.toLowerCase(),
  );
}

function audienceHolds(audience: Audience, account: Account): boolean {
  switch (audience) {
    case 'single-tenant':
      return account.tenantId === sandboxTenant.id;
    case 'organizations':
      return account.tenantId !== personalAccountsTenantId;
    case 'organizations-and-personal':
      return true;
  }
}
