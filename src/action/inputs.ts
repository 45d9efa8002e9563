import { getInput } from '@actions/core';
import { minutes } from '../clock.ts';
import type { Authority } from '../entra/authority.ts';
import { parseScopes, scopeProblems } from '../entra/scopes.ts';
import { readSignInTarget, type SignInTarget } from '../entra/sign-in-target.ts';
import type { SettingName } from '../length-limits.ts';
import { type EncryptionKey, parseEncryptionKeys } from '../sealing/encryption-keys.ts';
import { badInput, Settings } from '../settings.ts';
import { emptyText, type PlainText, plain } from '../text/plain-text.ts';
import { isMailAddress } from './mail-xoauth2.ts';
import { readSecretInput, type SecretInput } from './secret-input.ts';
import { getsNoSecrets, type WorkflowRun } from './workflow-run.ts';

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
  /** A sign-in that an earlier job began; empty for none. */
  readonly pendingSignIn: string;
}

/** A sentence that says why secrets are empty in this run; empty where the platform passes them. */
export function emptySecretsNote(run: WorkflowRun): PlainText {
  return getsNoSecrets(run)
    ? plain` This run comes from a fork or from Dependabot: such runs get no secrets, so inputs that take one are empty.`
    : emptyText;
}

/**
 * Reads and checks all inputs.
 * @throws {Failure} `bad-input`, naming every bad one
 */
export function readInputs(run: WorkflowRun): Inputs {
  const settings = new Settings(getInput);
  const { target, knownAuthority } = readSignInTarget(settings);
  const inputs: Inputs = {
    ...target,
    scopes: readScopes(knownAuthority, settings),
    signIn: readChoice('sign-in', { allowed: signInModes, fallback: 'auto' }, settings),
    signInTimeout: minutes(
      readNumber('sign-in-timeout-minutes', { fallback: 15, least: 1, most: 60 }, settings),
    ),
    minimumLifetime: minutes(
      readNumber('minimum-lifetime-minutes', { fallback: 5, least: 0, most: 1440 }, settings),
    ),
    encryptionKeys: readKeys(settings),
    workflowCache: readBoolean('workflow-cache', true, settings),
    cacheName: readCacheName(settings),
    tokenCache: settings.get('token-cache'),
    mailbox: readMailbox(settings),
    secret: readSecretInput(run, settings),
    waitForSignIn: readBoolean('wait-for-sign-in', true, settings),
    pendingSignIn: settings.get('pending-sign-in'),
  };
  checkSplitSignIn(inputs, settings);
  checkRunId(inputs, run, settings);
  if (settings.problems.length > 0) throw badInput(settings.problems.join(' '), emptySecretsNote(run));
  return inputs;
}

function readScopes(authority: Authority | undefined, settings: Settings): readonly string[] {
  const scopes = parseScopes(settings.get('scopes') || 'User.Read');
  for (const problem of scopeProblems(scopes, authority)) settings.addProblem('scopes', problem);
  return scopes;
}

function readChoice<T extends string>(
  input: SettingName,
  { allowed, fallback }: { readonly allowed: readonly T[]; readonly fallback: T },
  settings: Settings,
): T {
  const text = settings.get(input).toLowerCase();
  const choice = text === '' ? fallback : allowed.find((value) => value === text);
  if (choice === undefined)
    settings.addProblem(input, `is none of ${allowed.map((value) => `"${value}"`).join(', ')}`);
  return choice ?? fallback;
}

function readNumber(
  input: SettingName,
  { fallback, least, most }: { readonly fallback: number; readonly least: number; readonly most: number },
  settings: Settings,
): number {
  const text = settings.get(input);
  if (text === '') return fallback;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  settings.addProblem(input, `is not a whole number from ${least} to ${most}`);
  return fallback;
}

/** @see https://yaml.org/spec/1.2.2/#10212-boolean */
function readBoolean(input: SettingName, fallback: boolean, settings: Settings): boolean {
  const text = settings.get(input);
  if (text === '') return fallback;
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  settings.addProblem(input, 'is neither "true" nor "false"');
  return fallback;
}

function readKeys(settings: Settings): readonly EncryptionKey[] {
  const keys = parseEncryptionKeys(settings.get('encryption-key'));
  if (keys.kind === 'value') return keys.value;
  settings.addProblem('encryption-key', keys.problem);
  return [];
}

/** A bad input has its fallback here, with which nothing is wrong, so that it is one problem and not two. */
function checkSplitSignIn({ waitForSignIn, signIn }: Inputs, settings: Settings): void {
  const hasKey = settings.isGiven('encryption-key');
  const hasPending = settings.isGiven('pending-sign-in');
  if (hasPending && !hasKey) {
    settings.addProblem(
      'pending-sign-in',
      'is given without encryption-key; give the key that the job which began the sign-in has',
    );
  }
  if (hasPending && signIn === 'never') {
    settings.addProblem(
      'pending-sign-in',
      'is given with sign-in "never", which waits for no sign-in; leave one of the two out',
    );
  }
  if (waitForSignIn) return;
  if (hasPending) {
    settings.addProblem(
      'wait-for-sign-in',
      'is "false" together with pending-sign-in; the job that finishes a sign-in waits for it',
    );
    return;
  }
  if (!hasKey) {
    settings.addProblem(
      'wait-for-sign-in',
      'is "false" without encryption-key, which seals the sign-in on its way to the job that finishes it; make one with: openssl rand -base64 32',
    );
  }
  if (signIn === 'never') {
    settings.addProblem(
      'wait-for-sign-in',
      'is "false" with sign-in "never", so that no sign-in could begin; leave one of the two out',
    );
  }
}

// One job begins a sign-in, and another job of the same run finishes it. Without a run id, all runs would look the same.
function checkRunId(
  { waitForSignIn, pendingSignIn }: Inputs,
  { hasId }: WorkflowRun,
  settings: Settings,
): void {
  if (hasId) return;
  const why =
    'but this runner does not name the run (GITHUB_RUN_ID), and a pending sign-in belongs to one run; sign in within one step, without wait-for-sign-in and pending-sign-in';
  if (!waitForSignIn) settings.addProblem('wait-for-sign-in', `is "false", ${why}`);
  if (pendingSignIn !== '') settings.addProblem('pending-sign-in', `is given, ${why}`);
}

function readCacheName(settings: Settings): string {
  const text = settings.get('cache-name');
  if (/\p{Cc}/u.test(text)) settings.addProblem('cache-name', 'holds control characters');
  return text;
}

function readMailbox(settings: Settings): string {
  const text = settings.get('mailbox');
  if (text !== '' && !isMailAddress(text)) {
    settings.addProblem(
      'mailbox',
      'is no mail address; give the address of the mailbox (name@domain), or leave it out for the one of the person who signed in',
    );
  }
  return text;
}
