import type { ErrorCode } from '../failure.ts';

/** What an AADSTS code means to the person who reads the message. Chooses words only: no decision is taken on a code. */
export interface Hint {
  readonly codes: readonly number[];
  readonly means: string;
  readonly fix: string;
  readonly errorCode?: ErrorCode;
  /** True for refusals that only an administrator can lift; the message then holds a text to send to them. */
  readonly admin?: boolean;
}

const signInAgain = 'sign in again: re-run this run, or dispatch the workflow by hand';
const seedByBrowser = 'use a token-cache that was seeded by a browser sign-in on a managed device';

/** @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export const hints: readonly Hint[] = [
  {
    codes: [70018, 90119],
    means: 'the code was not accepted',
    fix: 'run again and type the code exactly as the log shows it',
  },
  {
    codes: [70019, 70020],
    means: 'the code has expired',
    fix: 'run again and enter the new code within 15 minutes',
    errorCode: 'sign-in-expired',
  },
  {
    codes: [90120],
    means: 'the code was used already, or declined',
    fix: 'run again and enter the new code',
    errorCode: 'sign-in-used',
  },
  {
    codes: [7000218],
    means: 'the app registration is not a public client',
    fix: 'in the app registration, under Authentication, set "Allow public client flows" to Yes',
  },
  {
    codes: [700025],
    means: 'the app is a public client, but a secret was sent',
    fix: 'report this: the action sends no secret',
  },
  {
    codes: [700016, 700011],
    means: 'the app was not found in this tenant',
    fix: 'check client-id, tenant-id and cloud',
  },
  {
    codes: [7000112, 70001],
    means: 'the app is disabled',
    fix: 'ask an administrator to enable the app',
    admin: true,
  },
  { codes: [90002], means: 'the tenant was not found', fix: 'check tenant-id and cloud' },
  {
    codes: [50194],
    means: 'the app is for one tenant only',
    fix: 'set tenant-id to the tenant of the app registration',
  },
  {
    codes: [9002332],
    means: 'the app is not for personal accounts',
    fix: 'set tenant-id to your tenant or "organizations", or change the supported account types of the app registration',
  },
  {
    codes: [9001023, 90124, 90130],
    means: 'this is not supported on "common" or "consumers"',
    fix: 'set tenant-id to "organizations" or to your tenant',
  },
  {
    codes: [50020, 500208, 50034, 51004, 16000, 90072],
    means: 'the account is not in this tenant, or is of the wrong kind',
    fix: 'sign in with another account, invite it as a guest, or set tenant-id to "consumers" for a personal account',
  },
  {
    codes: [65001],
    means: 'the app lacks consent for a scope',
    fix: `${signInAgain}, and accept; or ask for admin consent`,
    errorCode: 'consent-needed',
  },
  {
    codes: [90094, 90095, 90008],
    means: 'an administrator must consent to the scopes',
    fix: 'send the admin consent link to your administrator',
    errorCode: 'consent-needed',
    admin: true,
  },
  {
    codes: [65004],
    means: 'the consent was declined',
    fix: 'run again and accept',
    errorCode: 'sign-in-declined',
  },
  {
    codes: [65002],
    means: "the client id is one of Microsoft's own",
    fix: 'register an app of your own and use its client id',
  },
  {
    codes: [65005, 650056, 650057],
    means: 'the app registration does not list the permission',
    fix: 'add the delegated permission to the app registration',
  },
  {
    codes: [500011, 50001, 650052],
    means: 'the resource is not in the tenant',
    fix: "check the scope's URL",
  },
  {
    codes: [70011, 28002, 28003],
    means: 'a scope is not valid',
    fix: 'check the spelling of scopes; never give ".default" beside named scopes',
  },
  {
    codes: [700022, 28000],
    means: 'the scopes are of several resources',
    fix: 'write each scope with the prefix of its own resource; without one it is taken for Microsoft Graph',
  },
  {
    codes: [50076, 50074, 50079, 50072],
    means: 'multi-factor authentication is needed, or must be registered first',
    fix: `${signInAgain}, and finish it there`,
  },
  {
    codes: [50078],
    means: 'the multi-factor authentication has expired by policy',
    fix: `${signInAgain}; it will come back as often as the policy says`,
  },
  { codes: [50158], means: 'an external multi-factor authentication is needed', fix: signInAgain },
  {
    codes: [53003, 530036],
    means: 'Conditional Access blocks it, often with "block device code flow"',
    fix: `send the text below to your administrator, or ${seedByBrowser}`,
    errorCode: 'blocked-by-policy',
    admin: true,
  },
  {
    codes: [530032, 530034, 530035],
    means: "the tenant's security policy blocks it",
    fix: 'send the text below to your administrator',
    errorCode: 'blocked-by-policy',
    admin: true,
  },
  {
    codes: [53000, 53001, 50097, 50129, 50005],
    means: 'a managed device is required, and the device code flow cannot prove one',
    fix: `send the text below to your administrator, or ${seedByBrowser}`,
    errorCode: 'blocked-by-policy',
    admin: true,
  },
  {
    codes: [53002, 50127],
    means: 'an approved app or a broker is required',
    fix: 'send the text below to your administrator',
    errorCode: 'blocked-by-policy',
    admin: true,
  },
  {
    codes: [50105],
    means: 'the user is not assigned to the app',
    fix: 'ask an administrator to assign the user to the app',
    admin: true,
  },
  {
    codes: [50053],
    means: 'the account is locked, or the network address has a bad reputation',
    fix: 'wait; if it comes back, use a self-hosted runner with an address of your own',
  },
  { codes: [50057], means: 'the account is disabled', fix: 'ask an administrator to enable the account' },
  {
    codes: [50055, 50144, 50125, 50135],
    means: 'the password has expired or must be changed',
    fix: `change it, then ${signInAgain}`,
  },
  {
    codes: [53004, 53011],
    means: 'the account is blocked because of risk',
    fix: 'send the text below to your administrator',
    errorCode: 'blocked-by-policy',
    admin: true,
  },
  {
    codes: [50173],
    means: 'the sign-in was revoked: the password was changed, or an administrator ended the sessions',
    fix: signInAgain,
  },
  {
    codes: [700082, 70008],
    means: 'the sign-in was not used for 90 days',
    fix: `${signInAgain}; let a schedule run more often than that`,
  },
  {
    codes: [70043],
    means: "the tenant's sign-in frequency policy has ended the sign-in",
    fix: `${signInAgain}; for an unattended schedule an administrator must exclude the account from the policy`,
  },
  {
    codes: [70000],
    means: 'the refresh token is not valid',
    fix: `${signInAgain}; for a personal account set tenant-id to "consumers"`,
  },
  { codes: [50089, 50132, 50133], means: 'the session has expired or was revoked', fix: signInAgain },
  {
    codes: [700084],
    means: 'the token is of a single-page application registration, which lasts 24 hours',
    fix: 'register the app under "Mobile and desktop applications" and sign in again',
  },
  {
    codes: [50196, 90055],
    means: 'Entra asks for fewer requests',
    fix: 'run again later, and less often',
    errorCode: 'entra-unavailable',
  },
  {
    codes: [90033, 90006, 90024, 90090, 50033, 70012, 90012],
    means: 'Entra has a passing fault',
    fix: 'run again in a few minutes',
    errorCode: 'entra-unavailable',
  },
  {
    codes: [500021, 500022, 50002],
    means: "a network proxy's tenant restrictions refuse it",
    fix: 'use another network, or another tenant',
  },
  {
    codes: [500212, 500213],
    means: 'the cross-tenant access policy refuses it',
    fix: 'send the text below to your administrator',
    errorCode: 'blocked-by-policy',
    admin: true,
  },
];

const byCode = new Map(hints.flatMap((hint) => hint.codes.map((code) => [code, hint] as const)));

type Words = Omit<Hint, 'codes'>;

// RFC 8628 section 3.5: these say all there is to say, whatever code stands beside them.
const deviceFlowErrors: Readonly<Record<string, Words>> = {
  authorization_declined: {
    means: 'the person who entered the code pressed Cancel',
    fix: 'run again and accept',
    errorCode: 'sign-in-declined',
  },
  expired_token: {
    means: 'the code has expired',
    fix: 'run again and enter the new code within 15 minutes',
    errorCode: 'sign-in-expired',
  },
};

// For errors whose code is not known, or that come without one.
const otherErrors: Readonly<Record<string, Words>> = {
  access_denied: {
    means: 'the sign-in was declined',
    fix: 'run again and accept',
    errorCode: 'sign-in-declined',
  },
  bad_verification_code: {
    means: 'the code was not accepted',
    fix: 'run again and type the code exactly as the log shows it',
  },
  consent_required: {
    means: 'the app lacks consent for a scope',
    fix: `${signInAgain}, and accept`,
    errorCode: 'consent-needed',
  },
};

/** The hint for an error answer; undefined when nothing is known of it. */
export function hintFor(error: string, suberror: string, codes: readonly number[]): Words | undefined {
  const byItsCode = codes.map((code) => byCode.get(code)).find((hint) => hint !== undefined);
  return deviceFlowErrors[error] ?? byItsCode ?? otherErrors[suberror] ?? otherErrors[error];
}
