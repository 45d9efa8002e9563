/**
 * The most characters that each input of the action may have, and the option of the same name of the command line. The
 * length is checked before anything else is done with a text, so that what reads it works on a bounded one.
 */
export const lengthLimits = {
  'client-id': 200,
  'tenant-id': 256,
  scopes: 8192,
  account: 256,
  cloud: 64,
  authority: 1024,
  'sign-in': 64,
  'sign-in-timeout-minutes': 64,
  'minimum-lifetime-minutes': 64,
  'encryption-key': 2048,
  'workflow-cache': 64,
  'cache-name': 100,
  // The kernel of Linux takes no longer text from the environment of a process.
  'token-cache': 131_072,
  mailbox: 320,
  'secret-name': 255,
  'secret-token': 8192,
  'secret-environment': 255,
  'wait-for-sign-in': 64,
  'pending-sign-in': 65_536,
} as const satisfies Readonly<Record<string, number>>;

/** An input of action.yml. */
export type SettingName = keyof typeof lengthLimits;
