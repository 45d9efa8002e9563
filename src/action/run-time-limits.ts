import { seconds } from '../clock.ts';
import { groupByResource } from '../entra/scopes.ts';
import type { Inputs } from './inputs.ts';

// What retry.ts allows for one request, its last attempt included; a test compares.
const request = seconds(105);
const silentStores = seconds(30);
const probe = seconds(35);
const save = seconds(95);

type Told = Pick<Inputs, 'encryptionKeys' | 'scopes' | 'authority' | 'signInTimeout'>;

/** The longest that a run without a person can take, in milliseconds, if all that can be late is late and then works. */
export function silentTimeLimit({ encryptionKeys, scopes, authority }: Told): number {
  const candidates = encryptionKeys.length + 1;
  const resources = groupByResource(scopes, authority).length;
  // Discovery takes two requests, and a token that is too short is renewed once.
  return silentStores + candidates * (2 + 2 * resources) * request;
}

/** The longest from the moment at which a person is asked. */
export function signInTimeLimit({ scopes, authority, signInTimeout }: Told): number {
  const resources = groupByResource(scopes, authority).length;
  return probe + 3 * request + signInTimeout + 2 * resources * request + save;
}
