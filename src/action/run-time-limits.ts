import { seconds } from '../clock.ts';
import { groupByResource } from '../entra/scopes.ts';
import type { Inputs } from './inputs.ts';

// What exchange.ts allows for one request, its last attempt included; a test compares.
const requestLimit = seconds(105);
const restoreLimit = seconds(30);
const probeLimit = seconds(35);
const saveLimit = seconds(95);

type TimedInputs = Pick<Inputs, 'encryptionKeys' | 'scopes' | 'authority' | 'signInTimeout'>;

/** The longest that a run without a person can take, in milliseconds, if everything is slow and then succeeds. */
export function silentTimeLimit({ encryptionKeys, scopes, authority }: TimedInputs): number {
  const candidates = encryptionKeys.length + 1;
  const resources = groupByResource(scopes, authority).length;
  // Discovery takes two requests, and a token that is too short is renewed once.
  return restoreLimit + candidates * (2 + 2 * resources) * requestLimit;
}

/** The longest that a run can take from the moment a person is asked, in milliseconds. */
export function signInTimeLimit({ scopes, authority, signInTimeout }: TimedInputs): number {
  const resources = groupByResource(scopes, authority).length;
  return probeLimit + 3 * requestLimit + signInTimeout + 2 * resources * requestLimit + saveLimit;
}
