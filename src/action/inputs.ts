import { getInput } from '@actions/core';
import { type EncryptionKey, parseEncryptionKeys } from '../cache/encryption-keys.ts';
import { minutes } from '../clock.ts';
import { Failure } from '../failure.ts';
import { type Authority, cloudAuthority, cloudNames, customAuthority } from '../token/authority.ts';
import { parseScopes, scopeProblems } from '../token/scopes.ts';
import { readSecretInput, type SecretInput } from './secret-input.ts';
import { getsNoSecrets, type WorkflowRun } from './workflow-run.ts';
import { isMailAddress } from './xoauth2.ts';

export const signInModes = ['auto', 'allowed', 'never', 'force'] as const;
export type SignInMode = (typeof signInModes)[number];

/** The inputs of action.yml, read and checked. */
export interface Inputs {
  readonly clientId: string;
  readonly authority: Authority;
  readonly scopes: readonly string[];
  /** Empty for any account. */
  readonly account: string;
  readonly signIn: SignInMode;
  /** Milliseconds. */
  readonly signInTimeout: number;
  /** Milliseconds. */
  readonly minimumLifetime: number;
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly workflowCache: boolean;
  readonly cacheName: string;
  /** A serialized cache in one of its forms; empty for none. */
  readonly tokenCache: string;
  /** Mail address; empty for the username. */
  readonly mailbox: string;
  /** The Actions secret to write the sign-in back to. */
  readonly secret: SecretInput | undefined;
}

/** Collects what is wrong, so that one error names every bad input. */
export class Problems {
  readonly #lines: string[] = [];

  /** @param problem in words that follow the input's name; never quotes a secret */
  add(input: string, problem: string): void {
    this.#lines.push(`${input} ${problem}.`);
  }

  throwIfAny(note: string): void {
    if (this.#lines.length === 0) return;
    throw badInput(this.#lines.join(' '), note);
  }
}

/** The failure for inputs that are not what they must be. */
export function badInput(problems: string, note = ''): Failure {
  return new Failure('bad-input', {
    what: 'The inputs of this step are not right.',
    why: problems,
    fix: `mend them in the workflow's "with:" block.${note} No request was made.`,
  });
}

/** In words, why secrets are empty in this run; empty when they should be there. */
export function whySecretsAreEmpty(run: WorkflowRun): string {
  return getsNoSecrets(run)
    ? ' This run comes from a fork or from Dependabot: such runs get no secrets, so inputs that take one are empty.'
    : '';
}

/**
 * Reads and checks all inputs.
 * @throws {Failure} `bad-input`, naming every bad one
 */
export function readInputs(run: WorkflowRun): Inputs {
  const problems = new Problems();
  const authority = readAuthority(problems);
  const inputs: Inputs = {
    clientId: readClientId(problems),
    authority,
    scopes: readScopes(authority, problems),
    account: readAccount(problems),
    signIn: readChoice('sign-in', signInModes, 'auto', problems),
    signInTimeout: minutes(readNumber('sign-in-timeout-minutes', 15, 1, 60, problems)),
    minimumLifetime: minutes(readNumber('minimum-lifetime-minutes', 5, 0, 1440, problems)),
    encryptionKeys: readKeys(problems),
    workflowCache: readBoolean('workflow-cache', true, problems),
    cacheName: readCacheName(problems),
    tokenCache: getInput('token-cache'),
    mailbox: readMailbox(problems),
    secret: readSecretInput(run, problems),
  };
  problems.throwIfAny(whySecretsAreEmpty(run));
  return inputs;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function readClientId(problems: Problems): string {
  const text = getInput('client-id');
  const custom = getInput('authority') !== '';
  if (text === '')
    problems.add('client-id', 'is missing; give the application (client) ID of your app registration');
  else if (custom ? !/^[\x21-\x7e]{1,200}$/.test(text) : !guid.test(text)) {
    problems.add(
      'client-id',
      'is not a GUID; give the application (client) ID of your app registration, as its overview page shows it',
    );
  }
  return custom ? text : text.toLowerCase();
}

function readAuthority(problems: Problems): Authority {
  const custom = getInput('authority');
  if (custom === '')
    return cloudAuthority(readChoice('cloud', cloudNames, 'public', problems), readTenant(problems));

  for (const rival of ['cloud', 'tenant-id']) {
    if (getInput(rival) !== '')
      problems.add('authority', `cannot be given together with ${rival}; the URL says both cloud and tenant`);
  }
  const authority = customAuthority(custom);
  if (typeof authority !== 'string') return authority;
  problems.add('authority', authority);
  return cloudAuthority('public', 'organizations');
}

function readTenant(problems: Problems): string {
  const text = getInput('tenant-id') || 'organizations';
  const isName = /^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/i.test(text);
  const isDomain = isName && text.includes('.') && !text.includes('..');
  if (
    !guid.test(text) &&
    !isDomain &&
    !['organizations', 'consumers', 'common'].includes(text.toLowerCase())
  ) {
    problems.add(
      'tenant-id',
      'is no tenant; allowed are a tenant GUID, a domain such as contoso.onmicrosoft.com, "organizations", "consumers" and "common"',
    );
  }
  return text;
}

function readScopes(authority: Authority, problems: Problems): readonly string[] {
  const scopes = parseScopes(getInput('scopes') || 'User.Read');
  for (const problem of scopeProblems(scopes, authority)) problems.add('scopes', problem);
  return scopes;
}

function readAccount(problems: Problems): string {
  const text = getInput('account');
  const isPrincipalName = /^[^\s@]+@[^\s@]+$/.test(text);
  const isHomeAccountId = /^[0-9a-z-]{1,64}\.[0-9a-z-]{1,64}$/i.test(text);
  if (text !== '' && !isPrincipalName && !isHomeAccountId) {
    problems.add(
      'account',
      'is neither a user principal name (name@domain) nor a home account id (as the output account-id gives it)',
    );
  }
  return text.toLowerCase();
}

function readChoice<T extends string>(
  input: string,
  allowed: readonly T[],
  fallback: T,
  problems: Problems,
): T {
  const text = getInput(input).toLowerCase();
  const choice = text === '' ? fallback : allowed.find((value) => value === text);
  if (choice === undefined)
    problems.add(input, `is none of ${allowed.map((value) => `"${value}"`).join(', ')}`);
  return choice ?? fallback;
}

function readNumber(
  input: string,
  fallback: number,
  least: number,
  most: number,
  problems: Problems,
): number {
  const text = getInput(input);
  if (text === '') return fallback;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  problems.add(input, `is not a whole number from ${least} to ${most}`);
  return fallback;
}

/** @see https://yaml.org/spec/1.2.2/#10212-boolean */
function readBoolean(input: string, fallback: boolean, problems: Problems): boolean {
  const text = getInput(input);
  if (text === '') return fallback;
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (!/^(false|False|FALSE)$/.test(text)) problems.add(input, 'is neither "true" nor "false"');
  return false;
}

function readKeys(problems: Problems): readonly EncryptionKey[] {
  const keys = parseEncryptionKeys(getInput('encryption-key'));
  if (typeof keys !== 'string') return keys;
  problems.add('encryption-key', keys);
  return [];
}

function readCacheName(problems: Problems): string {
  const text = getInput('cache-name');
  if (text.length > 100 || /[\p{Cc}]/u.test(text))
    problems.add('cache-name', 'is longer than 100 characters, or holds control characters');
  return text;
}

function readMailbox(problems: Problems): string {
  const text = getInput('mailbox');
  if (text !== '' && !isMailAddress(text)) {
    problems.add(
      'mailbox',
      'is no mail address; give the address of the mailbox (name@domain), or leave it out for the one of the person who signed in',
    );
  }
  return text;
}
