import type { CommandName } from './options.ts';

const keyOption = `  --encryption-key-file FILE  a key of 32 bytes in base64, base64url, or hexadecimal. With several lines
                              the first seals and all open, so that you can rotate keys. Without this
                              option, the environment variable ENTRA_ENCRYPTION_KEY is used. Never put
                              a key on the command line: other users see it, and the shell keeps it.`;

const helpOption = '  -h, --help                  show this help';

const exits = `Exit codes: 0 done; 1 failed, nothing was printed or saved; 2 called incorrectly, nothing was done;
130 or 143 interrupted.`;

const overview = `The command line companion of the GitHub Action entra-user-token.

Usage: entra-user-token COMMAND [OPTIONS]

Commands:
  seed       sign in on this machine, and save the sign-in for a repository secret
  inspect    show what a token cache contains, without its secrets

Options:
  -h, --help    show this help; after a command, the help of the command
  --version     show the version

${exits}

Examples:
  entra-user-token seed --help
  entra-user-token inspect cache.json
`;

const seed = `Signs you in on this machine, and saves the sign-in for a repository secret, which the action takes as
token-cache. Without --output, prints it to standard output, which must not be a terminal.

Usage: entra-user-token seed --client-id ID [OPTIONS] --output FILE

Options with the same names and values as the action's inputs:
  --client-id ID              application (client) ID of the app registration
  --tenant-id TENANT          tenant ID or domain, organizations, consumers, or common;
                              default: organizations
  --cloud CLOUD               public, usgovernment, or china; default: public
  --authority URL             full HTTPS URL of another authority; not with --tenant-id or --cloud
  --scopes SCOPES             delegated scopes, separated by spaces or commas; default: User.Read
  --account ACCOUNT           user principal name or home account ID of the only account to accept

How to sign in:
  --device-code               use a code on another device. Without this option a browser opens on this
                              machine, and the app registration must have the redirect URI
                              http://localhost (Authentication, "Mobile and desktop applications").

Where to save the sign-in:
  --output FILE               a new file that only you can read. If seed fails, there is no file.
  --force                     replace FILE if it exists. If seed fails, FILE stays as it was.

How to seal the sign-in; without a key it is JSON that anyone who reads it can use:
${keyOption}

${helpOption}

${exits}

Examples:
  # Create a key, and store it as a secret.
  openssl rand -base64 32 > entra.key
  gh secret set ENTRA_ENCRYPTION_KEY < entra.key

  # Sign in, store the sign-in as a secret, and delete both files.
  entra-user-token seed --client-id ID --tenant-id TENANT --scopes Mail.Read \\
    --encryption-key-file entra.key --output sign-in.txt &&
    gh secret set ENTRA_TOKEN_CACHE < sign-in.txt &&
    rm sign-in.txt entra.key
`;

const inspect = `Shows what a token cache contains: accounts, scopes, ages, refresh tokens, client, and authority. Reads
what the action takes as token-cache: the cache of any MSAL as JSON or its base64, or a cache that the
action or seed sealed. Shows no secret, and sends nothing anywhere.

Usage: entra-user-token inspect [OPTIONS] [FILE]

Without FILE, or if FILE is -, reads standard input.

Options, for a sealed cache:
${keyOption}

${helpOption}

${exits}

Examples:
  entra-user-token inspect token_cache.json
  entra-user-token inspect --encryption-key-file entra.key sign-in.txt
  az keyvault secret show --id ID --query value --output tsv | entra-user-token inspect
`;

/** The help of a command, or of the program. */
export function helpText(about: CommandName | undefined): string {
  if (about === 'seed') return seed;
  return about === 'inspect' ? inspect : overview;
}
