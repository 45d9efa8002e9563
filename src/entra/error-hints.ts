import type { ErrorCode } from '../failure.ts';
import type { OAuthError } from './error-response.ts';
import { throttlingCodes, transientCodes } from './transient-codes.ts';

/**
 * What an AADSTS code means to the person who reads the message. It chooses words, and may keep the action from asking for a
 * sign-in that would not help; it never causes a prompt.
 */
export interface Hint {
  readonly codes: readonly number[];
  /** Where one code has several causes: what the server's text says of this one. */
  readonly says?: RegExp;
  readonly means: string;
  readonly fix: string;
  readonly errorCode?: ErrorCode;
  /** True where an administrator lifts the refusal by a consent; the message then holds the link for them. */
  readonly adminConsent?: boolean;
  /** What an administrator must do to lift the refusal, as a request; the message then holds a text to send to them. */
  readonly askAdmin?: string;
  /** True where every sign-in would be refused alike: the fault is in the app registration, the inputs or the network. */
  readonly isConfiguration?: boolean;
}

const signInAgain = 'sign in again';
const seedByBrowser = 'use a token-cache that was seeded by a browser sign-in on a managed device';
const sendText = 'send the text below to your administrator';
const exclusion =
  'Please look the correlation id up in the sign-in log. If the workflow may run, exclude this account and this app, and nothing else, from the policy that is named there.';
const assignUser =
  'Please assign this account to the app: Enterprise applications, the app, Users and groups.';
const reactivateDevice =
  'Please enable the device that is named in the sign-in log, or have it registered again.';

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
    isConfiguration: true,
  },
  {
    codes: [700025],
    means: 'the app is a public client, but a secret was sent',
    fix: 'report this: the action sends no secret',
    isConfiguration: true,
  },
  {
    codes: [700016, 700011],
    means: 'the app was not found in this tenant',
    fix: 'check client-id, tenant-id and cloud',
    isConfiguration: true,
  },
  {
    codes: [7000112, 70001],
    means: 'the app is disabled',
    fix: 'ask an administrator to enable the app',
    askAdmin: 'Please enable the app: Enterprise applications, the app, Properties.',
    isConfiguration: true,
  },
  {
    codes: [90002],
    means: 'the tenant was not found',
    fix: 'check tenant-id and cloud',
    isConfiguration: true,
  },
  {
    codes: [50194],
    means: 'the app is for one tenant only',
    fix: 'set tenant-id to the tenant of the app registration',
    isConfiguration: true,
  },
  {
    codes: [9002332],
    means: 'the app is not for personal accounts',
    fix: 'set tenant-id to your tenant or "organizations", or change the supported account types of the app registration',
    isConfiguration: true,
  },
  {
    codes: [9001023, 90124, 90130],
    means: 'this is not supported on "common" or "consumers"',
    fix: 'set tenant-id to "organizations" or to your tenant',
    isConfiguration: true,
  },
  {
    codes: [50020, 500208, 50034, 500341, 51004, 90072],
    means: 'the account is not in this tenant (any more), or is of the wrong kind',
    fix: 'sign in with another account, invite it as a guest, or set tenant-id to "consumers" for a personal account',
    errorCode: 'account-refused',
    askAdmin: 'Please restore the account if it was deleted, or invite it to the tenant as a guest.',
  },
  {
    codes: [16000],
    means: 'the account is not in this tenant, or several accounts are signed in',
    fix: `${signInAgain}, and choose the right account; or invite it as a guest`,
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
    adminConsent: true,
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
    isConfiguration: true,
  },
  {
    codes: [65005, 650056, 650057],
    means: 'the app registration does not list the permission',
    fix: 'add the delegated permission to the app registration',
    isConfiguration: true,
  },
  {
    codes: [650053],
    means: 'a scope does not exist on its resource',
    fix: 'check the spelling of scopes, and write each scope with the prefix of its own resource',
    isConfiguration: true,
  },
  {
    codes: [500011, 50001, 650052],
    means: 'the resource is not in the tenant',
    fix: "check the scope's URL",
    isConfiguration: true,
  },
  {
    codes: [70011, 28002, 28003],
    means: 'a scope is not valid',
    fix: 'check the spelling of scopes; never give ".default" beside named scopes',
    isConfiguration: true,
  },
  {
    codes: [700022, 28000],
    means: 'the scopes are of several resources',
    fix: 'write each scope with the prefix of its own resource; without one it is taken for Microsoft Graph',
    isConfiguration: true,
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
    fix: `${sendText}, or ${seedByBrowser}`,
    errorCode: 'blocked-by-policy',
    askAdmin: exclusion,
  },
  {
    codes: [530032, 530034, 50131],
    means: "the tenant's security policy blocks it",
    fix: sendText,
    errorCode: 'blocked-by-policy',
    askAdmin: exclusion,
  },
  {
    codes: [530035],
    means: "the tenant's security defaults block it",
    fix: sendText,
    errorCode: 'blocked-by-policy',
    askAdmin:
      'Please look the correlation id up in the sign-in log. Security defaults exclude nobody; Conditional Access policies in their place can exclude this account and this app.',
  },
  {
    codes: [53000, 53001, 530003, 530033, 50097, 50129, 50005],
    means: 'a managed device is required, and the device code flow cannot prove one',
    fix: `${sendText}, or ${seedByBrowser}`,
    errorCode: 'blocked-by-policy',
    askAdmin: exclusion,
  },
  {
    codes: [53002, 50127],
    means: 'an approved app or a broker is required',
    fix: sendText,
    errorCode: 'blocked-by-policy',
    askAdmin: exclusion,
  },
  {
    codes: [53005, 53009],
    means: 'an app protection policy (Intune) is required, and a workflow cannot apply one',
    fix: sendText,
    errorCode: 'blocked-by-policy',
    askAdmin: exclusion,
  },
  {
    codes: [700003, 135011],
    means: 'the device of the sign-in was disabled or deleted',
    fix: `${sendText}, or sign in from another device`,
    errorCode: 'blocked-by-policy',
    askAdmin: reactivateDevice,
  },
  {
    codes: [900971],
    means: 'Entra refuses to complete the sign-in for this app',
    fix: `${sendText}; if it says that a reply address is missing, add a redirect URI to the app registration (Authentication, "Mobile and desktop applications")`,
    errorCode: 'blocked-by-policy',
    askAdmin: 'Please look up in the sign-in log why this sign-in was refused.',
  },
  {
    codes: [50105],
    means: 'the user is not assigned to the app',
    fix: 'ask an administrator to assign the user to the app',
    errorCode: 'account-refused',
    askAdmin: assignUser,
  },
  {
    codes: [50053],
    means: 'the account is locked, or the network address has a bad reputation',
    fix: 'wait; if it comes back, use a self-hosted runner with an address of your own, or ask an administrator to unlock the account',
    errorCode: 'account-refused',
    askAdmin: 'Please look up in the sign-in log why the account is locked, and unlock it.',
  },
  {
    codes: [50057],
    means: 'the account is disabled',
    fix: 'ask an administrator to enable the account',
    errorCode: 'account-refused',
    askAdmin: 'Please enable the account, if the workflow may go on using it.',
  },
  {
    codes: [50055, 50144, 50125, 50135, 50142],
    means: 'the password has expired or must be changed',
    fix: `change it, then ${signInAgain}`,
  },
  {
    codes: [53004, 53011],
    means: 'the account is blocked because of risk',
    fix: sendText,
    errorCode: 'blocked-by-policy',
    askAdmin: 'Please look at the risk of the account, and dismiss it if the account is safe.',
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
    codes: [70043, 70044],
    means: "the tenant's sign-in frequency policy has ended the sign-in",
    fix: `${signInAgain}; for an unattended schedule an administrator must exclude the account from the policy`,
  },
  {
    codes: [50199],
    means: 'the person must confirm that this is the app they want to sign in to',
    fix: `${signInAgain}, and confirm`,
  },
  {
    codes: [70000],
    // Not "grant the client application access": that stands in texts of an expired grant, too.
    says: /scopes? (requested )?(is|are) unauthorized|must first sign in and grant|\bnot (been )?(granted|consented)|parameter 'scope' is not valid/i,
    means: 'the app lacks consent for a scope',
    fix: `${signInAgain}, and accept`,
    errorCode: 'consent-needed',
  },
  {
    codes: [70000],
    says: /\babuse\b/i,
    means: 'Microsoft has suspended the account',
    fix: `let the person open https://account.microsoft.com and lift the suspension there, then ${signInAgain}`,
    errorCode: 'account-refused',
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
    fix: `register the app under "Mobile and desktop applications", then ${signInAgain}`,
  },
  {
    codes: throttlingCodes,
    means: 'the server asks for fewer requests',
    fix: 'run again later, and less often',
    errorCode: 'entra-unavailable',
  },
  {
    codes: transientCodes,
    means: 'the server has a passing fault',
    fix: 'run again in a few minutes',
    errorCode: 'entra-unavailable',
  },
  {
    codes: [500021, 500022, 50002],
    means: "a network proxy's tenant restrictions refuse it",
    fix: 'use another network, or another tenant',
    isConfiguration: true,
  },
  {
    codes: [500212, 500213],
    means: 'the cross-tenant access policy refuses it',
    fix: sendText,
    errorCode: 'blocked-by-policy',
    askAdmin: 'Please allow this account and this app in the cross-tenant access settings.',
  },
];

/** The error codes of refusals that an administrator lifts, not a sign-in. */
export type Refusal = 'blocked-by-policy' | 'account-refused';

type Words = Omit<Hint, 'codes' | 'says'>;

// RFC 8628 section 3.5: these say all there is to say, unless a policy or the account stands behind them.
const deviceFlowErrors: ReadonlyMap<string, Words> = new Map([
  [
    'authorization_declined',
    {
      means: 'the person who entered the code pressed Cancel',
      fix: 'run again and accept',
      errorCode: 'sign-in-declined',
    },
  ],
  [
    'expired_token',
    {
      means: 'the code has expired',
      fix: 'run again and enter the new code within 15 minutes',
      errorCode: 'sign-in-expired',
    },
  ],
]);

// For errors and suberrors whose code is not known, or that come without one.
const otherErrors: ReadonlyMap<string, Words> = new Map([
  [
    'bad_verification_code',
    {
      means: 'the code was not accepted',
      fix: 'run again and type the code exactly as the log shows it',
    },
  ],
  [
    'consent_required',
    {
      means: 'the app lacks consent for a scope',
      fix: `${signInAgain}, and accept`,
      errorCode: 'consent-needed',
    },
  ],
  [
    'protection_policy_required',
    {
      means: 'an app protection policy (Intune) is required, and a workflow cannot apply one',
      fix: sendText,
      errorCode: 'blocked-by-policy',
      askAdmin: exclusion,
    },
  ],
]);

const declined: Words = {
  means: 'the sign-in was declined, or the server denies it',
  fix: 'run again and accept',
  errorCode: 'sign-in-declined',
};

// Entra adds codes of these two series for each new kind of policy.
const policyCode = /^53(\d{3}|0\d{3})$/;
const anyPolicy: Words = {
  means: 'a policy of the tenant blocks it',
  fix: sendText,
  errorCode: 'blocked-by-policy',
  askAdmin: exclusion,
};

/** The hint for an error; undefined when nothing is known of it. */
export function hintFor(error: OAuthError): Words | undefined {
  const { error: name, suberror, codes } = error;
  const known = codes.flatMap((code) => hintForCode(code, error.description) ?? []);
  // The general code may stand before the one that tells the cause.
  const refusal = known.find(isRefusal);
  if (refusal) return refusal;
  const [byCode] = known;
  return (
    deviceFlowErrors.get(name) ??
    byCode ??
    otherErrors.get(suberror) ??
    otherErrors.get(name) ??
    // Beside a code that is not known it may mean something else, which only the server's own words tell.
    (name === 'access_denied' && codes.length === 0 ? declined : undefined)
  );
}

/** True where a policy or the state of the account is what stands in the way. */
export function isRefusal(hint: Words): hint is Words & { readonly errorCode: Refusal } {
  return hint.errorCode === 'blocked-by-policy' || hint.errorCode === 'account-refused';
}

function hintForCode(code: number, description: string): Words | undefined {
  const ofCode = hints.filter(({ codes }) => codes.includes(code));
  return (
    ofCode.find(({ says }) => says?.test(description)) ??
    ofCode.find(({ says }) => says === undefined) ??
    (policyCode.test(String(code)) ? anyPolicy : undefined)
  );
}

/**
 * What is to be done beside the sign-in that is needed after an error; undefined where the sign-in is all.
 */
export function adviceBesideSignIn(error: OAuthError): string | undefined {
  const fix = hintFor(error)?.fix;
  return fix?.includes(signInAgain) && fix !== signInAgain ? fix : undefined;
}
