/** What usually comes with an AADSTS code: the OAuth error, the suberror, the HTTP status, and a sentence. */
export interface ErrorKind {
  readonly error: string;
  readonly suberror?: string;
  /** 400 if left out. */
  readonly status?: number;
  readonly message: string;
}

const noConsent =
  'The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.';
const severalResources =
  "Provided value for the input parameter scope is not valid because it contains more than one resource. Scopes '' is not valid.";

/** A code that is not here is an `invalid_grant` with a sentence that says nothing. */
export const errorKinds: ReadonlyMap<number, ErrorKind> = new Map<number, ErrorKind>([
  [28000, { error: 'invalid_request', message: severalResources }],
  [700022, { error: 'invalid_request', message: severalResources }],
  [
    28002,
    {
      error: 'invalid_scope',
      message: 'Provided value for scope is not valid when requesting an access token.',
    },
  ],
  [50020, { error: 'invalid_grant', message: 'User account does not exist in tenant and cannot access it.' }],
  [50034, { error: 'invalid_grant', message: 'The user account does not exist in the directory.' }],
  [
    50053,
    {
      error: 'invalid_grant',
      message:
        'The account is locked, you have tried to sign in too many times with an incorrect user ID or password.',
    },
  ],
  [50057, { error: 'invalid_grant', message: 'The user account is disabled.' }],
  [
    50199,
    {
      error: 'interaction_required',
      message: 'For security reasons, user confirmation is required for this request.',
    },
  ],
  [
    50076,
    {
      error: 'invalid_grant',
      suberror: 'basic_action',
      message:
        'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication.',
    },
  ],
  [
    50078,
    {
      error: 'invalid_grant',
      suberror: 'basic_action',
      message: 'Presented multi-factor authentication has expired due to policies.',
    },
  ],
  [
    50079,
    {
      error: 'invalid_grant',
      suberror: 'basic_action',
      message: 'You must enroll in multi-factor authentication.',
    },
  ],
  [
    50158,
    {
      error: 'invalid_grant',
      suberror: 'basic_action',
      message: 'External security challenge not satisfied.',
    },
  ],
  [
    50105,
    { error: 'invalid_grant', message: 'The signed in user is not assigned to a role for the application.' },
  ],
  [
    50173,
    {
      error: 'invalid_grant',
      suberror: 'bad_token',
      message:
        "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The TokensValidFrom date is after the token's issue time.",
    },
  ],
  [
    50194,
    {
      error: 'invalid_request',
      message:
        'Application is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps. Use a tenant-specific endpoint or configure the application to be multi-tenant.',
    },
  ],
  [
    50196,
    { error: 'invalid_grant', message: 'The server terminated an operation because it encountered a loop.' },
  ],
  [
    53000,
    {
      error: 'invalid_grant',
      suberror: 'additional_action',
      message: 'Your device is required to be compliant to access this resource.',
    },
  ],
  [
    53003,
    {
      error: 'invalid_grant',
      suberror: 'message_only',
      message:
        'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    },
  ],
  [
    53005,
    {
      error: 'unauthorized_client',
      suberror: 'protection_policy_required',
      message: 'Application needs to enforce Intune protection policies.',
    },
  ],
  [
    530003,
    { error: 'invalid_grant', message: 'Your device is required to be managed to access this resource.' },
  ],
  [
    530033,
    {
      error: 'access_denied',
      message: 'The remote device flow is blocked by device-based conditional access.',
    },
  ],
  [135011, { error: 'invalid_grant', message: 'Device used during the authentication is disabled.' }],
  [700003, { error: 'invalid_grant', message: 'Device object was not found in the tenant.' }],
  [65001, { error: 'invalid_grant', suberror: 'consent_required', message: noConsent }],
  [65004, { error: 'access_denied', message: 'User declined to consent to access the app.' }],
  [
    90094,
    { error: 'invalid_grant', suberror: 'consent_required', message: 'The grant requires admin permission.' },
  ],
  [
    70000,
    {
      error: 'invalid_grant',
      message:
        'The provided value for the input parameter refresh_token is not valid. The token has expired or has been revoked.',
    },
  ],
  [
    70011,
    { error: 'invalid_scope', message: 'The provided value for the input parameter scope is not valid.' },
  ],
  [
    70016,
    {
      error: 'authorization_pending',
      message: 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
    },
  ],
  [70018, { error: 'bad_verification_code', message: 'Invalid verification code due to a wrong code.' }],
  [70019, { error: 'expired_token', message: 'Verification code expired.' }],
  [
    70020,
    {
      error: 'expired_token',
      message:
        "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
    },
  ],
  [
    70043,
    {
      error: 'invalid_grant',
      suberror: 'token_expired',
      message:
        'The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.',
    },
  ],
  [
    700016,
    {
      error: 'unauthorized_client',
      message:
        'Application with the given identifier was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.',
    },
  ],
  [
    700082,
    { error: 'invalid_grant', message: 'The refresh token has expired due to inactivity of 90.00:00:00.' },
  ],
  [
    7000218,
    {
      error: 'invalid_client',
      status: 401,
      message:
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    },
  ],
  [
    90002,
    {
      error: 'invalid_request',
      message: 'Tenant not found. Check to make sure you have the correct tenant ID.',
    },
  ],
  [
    90033,
    { error: 'temporarily_unavailable', status: 503, message: 'A transient error has occurred. Try again.' },
  ],
  [
    90055,
    { error: 'temporarily_unavailable', status: 429, message: 'The server is busy: too many requests.' },
  ],
  // Microsoft names the OAuth error of a declined sign-in, but documents no code with it; this one's text fits both.
  [90120, { error: 'invalid_grant', message: 'The request was already authorized or declined.' }],
  [
    900144,
    { error: 'invalid_request', message: 'The request body must contain a parameter that is missing.' },
  ],
  [
    9002332,
    {
      error: 'invalid_request',
      message:
        'Application is configured for use by Microsoft Entra users only. Do not use the /consumers endpoint to serve this request.',
    },
  ],
  [500011, { error: 'invalid_resource', message: 'The resource principal was not found in the tenant.' }],
  [70003, { error: 'unsupported_grant_type', message: 'The app requested an unsupported grant type.' }],
]);
