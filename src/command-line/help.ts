import type { CommandName } from './arguments.ts';

const keyOptions = `  --encryption-key-file FILE  a key of 32 bytes in base64, base64url or hexadecimal; several lines
                              are a rotation: the first seals, all open. Without this option it is
                              taken from the environment variable ENTRA_ENCRYPTION_KEY. Never on
                              the command line: other users see it there, and the shell keeps it.`;

const exits = `Exit code: 0 done; 1 it failed, and nothing was printed; 2 it was called wrongly, and nothing was
done; 130 or 143 it was interrupted.`;

const overview = `The companion of the GitHub Action entra-user-token.

Usage: entra-user-token COMMAND [OPTIONS]

Commands:
  seed       signs in on this machine, and prints the sign-in for a secret of the repository
  inspect    tells what a cache on standard input holds, without a secret

Options:
  -h, --help    this text; after a command, the command's own
  --version     the version

${exits}

Examples:
  npx github:OWNER/entra-user-token#v1 seed --help
  npx github:OWNER/entra-user-token#v1 inspect < cache.json
`;

const seed = `Signs in on this machine, and prints the sign-in for a secret of the repository, which the action
takes as token-cache. Standard output gets nothing else, and must not be a terminal.

Usage: entra-user-token seed --client-id ID [OPTIONS] | gh secret set ENTRA_TOKEN_CACHE

Options, named like the action's inputs and with the same values as in the workflow:
  --client-id ID              application (client) ID of the app registration
  --tenant-id TENANT          tenant GUID or domain, organizations, consumers or common;
                              organizations if left out
  --cloud CLOUD               public, usgovernment or china; public if left out
  --authority URL             full HTTPS URL of another authority, not with --tenant-id or --cloud
  --scopes SCOPES             delegated scopes, separated by white space or commas; User.Read if
                              left out
  --account ACCOUNT           the only account accepted, by user principal name or home account id

How to sign in:
  --device-code               by a code on another device. Without it by browser on this machine:
                              the app registration then needs the redirect URI http://localhost
                              (Authentication, "Mobile and desktop applications")

The sign-in is printed sealed if there is a key, else in clear as JSON in one line:
${keyOptions}

  -h, --help                  this text

${exits}

Examples:
  # A key once, in a secret and in a file; then the sign-in, sealed with it.
  openssl rand -base64 32 > entra.key
  gh secret set ENTRA_ENCRYPTION_KEY < entra.key
  entra-user-token seed --client-id ID --tenant-id TENANT --scopes Mail.Read \\
    --encryption-key-file entra.key | gh secret set ENTRA_TOKEN_CACHE

  # Where this machine has no browser.
  entra-user-token seed --client-id ID --tenant-id TENANT --device-code | gh secret set ENTRA_TOKEN_CACHE
`;

const inspect = `Tells what a cache on standard input holds: accounts, scopes, ages, whether a refresh token is there,
of which client and authority. It takes what the action takes as token-cache: the cache of any MSAL as
JSON or its base64, or as the action or seed sealed it. No secret is printed.

Usage: entra-user-token inspect [OPTIONS] < FILE

Options, for a sealed cache:
${keyOptions}

  -h, --help                  this text

${exits}

Examples:
  entra-user-token inspect < token_cache.json
  entra-user-token inspect --encryption-key-file entra.key < sealed.txt
`;

/** The help text of a command, or of the program. */
export function helpText(about: CommandName | undefined): string {
  if (about === 'seed') return seed;
  return about === 'inspect' ? inspect : overview;
}
