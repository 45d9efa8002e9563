import { getInput } from '@actions/core';
import { type EncryptionKey, parseEncryptionKeys } from '../cache/encryption-keys.ts';
import { minutes } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { Authority } from '../token/authority.ts';
import { parseScopes, scopeProblems } from '../token/scopes.ts';
import { readSignInTarget, type SignInTarget } from '../token/sign-in-target.ts';
import { readSecretInput, type SecretInput } from './secret-input.ts';
import { getsNoSecrets, type WorkflowRun } from './workflow-run.ts';
import { isMailAddress } from './xoauth2.ts';

export const signInModes = ['auto', 'allowed', 'never', 'force'] as const;
export type SignInMode = (typeof signInModes)[number];

/** The inputs of action.yml, read and checked. */
export interface Inputs extends SignInTarget {
  readonly scopes: readonly string[];
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
  /** False: the code is shown, and a later job waits for the person. */
  readonly waitForSignIn: boolean;
  /** What an earlier job gave to be finished; empty for nothing. */
  readonly pendingSignIn: string;
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
  const target = readSignInTarget({
    get: getInput,
    addProblem: (input, problem) => problems.add(input, problem),
  });
  const inputs: Inputs = {
    ...target,
    scopes: readScopes(target.authority, problems),
    signIn: readChoice('sign-in', signInModes, 'auto', problems),
    signInTimeout: minutes(readNumber('sign-in-timeout-minutes', 15, 1, 60, problems)),
    minimumLifetime: minutes(readNumber('minimum-lifetime-minutes', 5, 0, 1440, problems)),
    encryptionKeys: readKeys(problems),
    workflowCache: readBoolean('workflow-cache', true, problems),
    cacheName: readCacheName(problems),
    tokenCache: getInput('token-cache'),
    mailbox: readMailbox(problems),
    secret: readSecretInput(run, problems),
    waitForSignIn: readBoolean('wait-for-sign-in', true, problems),
    pendingSignIn: getInput('pending-sign-in'),
  };
  checkSplitSignIn(inputs, problems);
  checkRunOfSplitSignIn(inputs, run, problems);
  problems.throwIfAny(whySecretsAreEmpty(run));
  return inputs;
}

function readScopes(authority: Authority, problems: Problems): readonly string[] {
  const scopes = parseScopes(getInput('scopes') || 'User.Read');
  for (const problem of scopeProblems(scopes, authority)) problems.add('scopes', problem);
  return scopes;
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

function checkSplitSignIn({ waitForSignIn, pendingSignIn, signIn }: Inputs, problems: Problems): void {
  const hasKey = getInput('encryption-key') !== '';
  if (pendingSignIn !== '' && !hasKey) {
    problems.add(
      'pending-sign-in',
      'is given without encryption-key; give the key that the job which began the sign-in has',
    );
  }
  if (waitForSignIn) return;
  if (!hasKey) {
    problems.add(
      'wait-for-sign-in',
      'is "false" without encryption-key, which seals the sign-in on its way to the job that finishes it; make one with: openssl rand -base64 32',
    );
  }
  if (signIn === 'never') {
    problems.add(
      'wait-for-sign-in',
      'is "false" with sign-in "never", so that no sign-in could begin; leave one of the two out',
    );
  }
  if (pendingSignIn !== '') {
    problems.add(
      'wait-for-sign-in',
      'is "false" together with pending-sign-in; the job that finishes a sign-in waits for it',
    );
  }
}

// What one job begins, another job of the same run may finish; without a number every run would pass for the same.
function checkRunOfSplitSignIn(
  { waitForSignIn, pendingSignIn }: Inputs,
  { hasId }: WorkflowRun,
  problems: Problems,
): void {
  if (hasId) return;
  const why =
    'but this runner does not name the run (GITHUB_RUN_ID), and a pending sign-in belongs to one run; sign in within one step, without wait-for-sign-in and pending-sign-in';
  if (!waitForSignIn) problems.add('wait-for-sign-in', `is "false", ${why}`);
  if (pendingSignIn !== '') problems.add('pending-sign-in', `is given, ${why}`);
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
