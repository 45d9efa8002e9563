/** The fault matrix as data: what can go wrong, when, and what must come of it. */
import type { Fault } from '../../sandbox/faults.ts';
import { type FaultRow, type Lasts, type Phase, type PhaseName, phases, type Strike } from './fault-row.ts';
import { machineFaults } from './machine-faults.ts';

export interface Cell {
  readonly fault: FaultRow;
  readonly phase: Phase & { readonly name: PhaseName };
  readonly strike: Strike;
  readonly outcome: string;
  readonly kept: string;
  /** Part of a line of the log; empty where nothing need be said. */
  readonly says: string;
}

// ---- what must come of it

/** The token is there, if later, and what was won is kept. */
const costsTime = {
  silent: 'refresh new',
  'device code request': 'sign-in new',
  'first poll': 'sign-in new',
  'later poll': 'sign-in new',
  'poll after the sign-in': 'sign-in new',
} as const;

/** No token; the stored sign-in is as it was. */
const fails = (word: string): FaultRow['expect'] => ({
  silent: `${word} old`,
  'device code request': `${word} old`,
  'first poll': `${word} old`,
  'later poll': `${word} old`,
  'poll after the sign-in': `${word} old`,
});

/** A cache that cannot be read may hold a sign-in; one that cannot be written costs a warning. */
const cacheFails = {
  restore: 'cache-unavailable old',
  'save of a refresh': 'refresh old',
  'save of a sign-in': 'sign-in old',
} as const;

const cacheWorks = {
  restore: 'refresh new',
  'save of a refresh': 'refresh new',
  'save of a sign-in': 'sign-in new',
} as const;

const savingFails = { 'save of a refresh': 'refresh old', 'save of a sign-in': 'sign-in old' } as const;

const unsaved = 'The sign-in could not be saved to the workflow cache';
const unread = 'The workflow cache could not be read';
const cacheSays = { restore: unread, 'save of a refresh': unsaved, 'save of a sign-in': unsaved } as const;

// ---- what goes wrong

const respond = (status: number, body = '', headers: Readonly<Record<string, string>> = {}): Fault => ({
  kind: 'respond',
  status,
  body,
  headers,
});
const json = { 'content-type': 'application/json' };
const html = '<!doctype html><title>Welcome</title><a href="https://example.com">Accept</a>';
const aadsts = (code: number, error: string): string =>
  JSON.stringify({ error, error_codes: [code], error_description: `AADSTS${code}: no.` });

/** A minute of it at the authority, which must be outlived; no end of it at the cache, whose budget is less. */
function minute(name: string, says: string, answer: Fault): FaultRow {
  return {
    name: `${name}, for a minute`,
    strikes: { authority: { answer, lasts: 60 }, cache: { answer, lasts: 'for ever' } },
    expect: { ...costsTime, ...cacheFails },
    says: { authority: says, ...cacheSays },
  };
}

function connection(name: string, kind: 'refused' | 'unknown-host', says: string): FaultRow {
  return {
    name: `${name}, for a minute`,
    strikes: {
      authority: { connection: kind, lasts: 60 },
      cache: { connection: kind, lasts: 'for ever' },
    },
    expect: { ...costsTime, ...cacheFails },
    says: { authority: says, ...cacheSays },
  };
}

const pollingFailure = 'the cache service is not asked in this phase';
const noAadsts = 'the cache service has no such codes';

/** A fault of the cache service alone. */
const atCache = (row: Omit<FaultRow, 'cannot'> & { readonly cannot?: FaultRow['cannot'] }): FaultRow => ({
  ...row,
  cannot: { authority: pollingFailure, ...row.cannot },
});

const clockOff = (name: string, seconds: number): FaultRow => {
  const strike: Strike = { environment: { FAULTS_CLOCK_OFF_SECONDS: String(seconds) } };
  return {
    name,
    strikes: { authority: strike, cache: strike },
    expect: { ...costsTime, ...cacheWorks },
    says: { authority: 'The clock of this machine is' },
  };
};

const clockSet = (name: string, clockJumpsSeconds: number): FaultRow => ({
  name,
  strikes: { authority: { clockJumpsSeconds }, cache: { clockJumpsSeconds } },
  expect: { ...costsTime, ...cacheWorks },
  says: { authority: 'The clock of this machine is' },
});

/** At the proxy through which the authority is asked. */
const atProxy = (
  name: string,
  {
    answer,
    lasts,
    ...row
  }: Pick<FaultRow, 'expect' | 'says'> & { readonly answer: Fault; readonly lasts: Lasts },
): FaultRow => ({
  name,
  strikes: { authority: { answer, lasts, by: 'proxy' } },
  cannot: { cache: 'the cache service is not asked through the proxy' },
  ...row,
});

const proxyIsLate = { authority: 'the proxy opened no connection within 15 s' };
const notHandled = 'something responded';
const codeUsed = 'the code was used already';

export const faults: readonly FaultRow[] = [
  connection('connection refused', 'refused', 'the connection was refused'),
  connection('DNS failure', 'unknown-host', 'the host name was not found (DNS)'),
  minute('reset before the answer', 'the connection was reset', { kind: 'reset' }),
  {
    name: 'reset in the middle of the answer, once',
    strikes: {
      authority: { answer: { kind: 'truncate' }, lasts: 'once' },
      restore: { answer: { kind: 'truncate' }, lasts: 'for ever', endpoint: 'download' },
      'save of a refresh': { answer: { kind: 'truncate' }, lasts: 'once', endpoint: 'finalize' },
      'save of a sign-in': { answer: { kind: 'truncate' }, lasts: 'once', endpoint: 'finalize' },
    },
    expect: {
      ...costsTime,
      'poll after the sign-in': 'sign-in-used old',
      restore: 'cache-unavailable old',
      'save of a refresh': 'refresh new',
      'save of a sign-in': 'sign-in new',
    },
    unwinnable: 'poll after the sign-in',
    says: { silent: 'Retrying in', 'poll after the sign-in': codeUsed, restore: unread },
  },
  {
    name: 'reset after the request was acted upon, once',
    strikes: {
      authority: { answer: { kind: 'reset-after' }, lasts: 'once' },
      cache: { answer: { kind: 'reset-after' }, lasts: 'once' },
    },
    expect: {
      ...costsTime,
      'poll after the sign-in': 'sign-in-used old',
      ...cacheWorks,
    },
    unwinnable: 'poll after the sign-in',
    says: {
      silent: 'the connection was reset',
      'device code request': 'the connection was reset',
      'poll after the sign-in': codeUsed,
    },
  },
  {
    name: 'reset after the refresh token was rotated and revoked',
    strikes: { silent: { answer: { kind: 'reset-after' }, lasts: 'once' } },
    cannot: {
      authority: 'no refresh token is used in this phase',
      cache: 'no refresh token is used in this phase',
    },
    expect: { silent: 'sign-in-needed lost' },
    unwinnable: 'silent',
    says: { silent: 'the connection was reset' },
    rotates: true,
  },
  minute('no answer (hang)', 'no response within 15 s', { kind: 'hang' }),
  {
    name: 'TLS failure (a certificate that is not trusted)',
    strikes: {
      authority: { connection: 'untrusted', lasts: 'for ever' },
      cache: { connection: 'untrusted', lasts: 'for ever' },
    },
    expect: { ...fails('entra-unavailable'), ...cacheFails },
    says: { authority: 'certificate is not trusted', ...cacheSays },
  },
  minute('HTML instead of JSON (200)', notHandled, respond(200, html, { 'content-type': 'text/html' })),
  minute('empty body (200)', notHandled, respond(200, '', json)),
  minute('truncated JSON (200)', notHandled, respond(200, '{"access_token": "a', json)),
  {
    name: '400 with an AADSTS code (700016)',
    strikes: {
      authority: { answer: respond(400, aadsts(700016, 'unauthorized_client'), json), lasts: 'for ever' },
    },
    cannot: { cache: noAadsts },
    expect: fails('entra-refused'),
    says: { authority: 'AADSTS700016' },
  },
  {
    name: '400 with an AADSTS code that means throttled (50196), for a minute',
    strikes: { authority: { answer: respond(400, aadsts(50196, 'invalid_grant'), json), lasts: 60 } },
    cannot: { cache: noAadsts },
    expect: costsTime,
    says: { authority: 'AADSTS50196' },
  },
  {
    name: '400 with an OAuth error and no code (invalid_request)',
    strikes: {
      authority: {
        answer: respond(400, JSON.stringify({ error: 'invalid_request' }), json),
        lasts: 'for ever',
      },
    },
    cannot: { cache: 'the cache service speaks no OAuth' },
    expect: fails('entra-refused'),
    says: { authority: 'invalid_request' },
  },
  {
    name: '401 with an AADSTS code (7000218)',
    strikes: {
      authority: { answer: respond(401, aadsts(7000218, 'invalid_client'), json), lasts: 'for ever' },
    },
    cannot: { cache: noAadsts },
    expect: fails('entra-refused'),
    says: { authority: 'AADSTS7000218' },
  },
  minute('400 without an OAuth error', notHandled, respond(400, '{}', json)),
  minute('401 without an OAuth error', notHandled, respond(401, '{}', json)),
  minute('429 without Retry-After', 'it asks for fewer requests', respond(429, '{}', json)),
  minute(
    '429, Retry-After in seconds',
    'it asks for fewer requests',
    respond(429, '{}', { ...json, 'retry-after': '20' }),
  ),
  minute(
    '429, Retry-After as a date',
    'it asks for fewer requests',
    respond(429, '{}', {
      ...json,
      date: 'Tue, 24 Nov 2026 12:00:00 GMT',
      'retry-after': 'Tue, 24 Nov 2026 12:00:20 GMT',
    }),
  ),
  minute('500', 'it responded 500', respond(500, '{}', json)),
  {
    name: '503, once',
    strikes: {
      authority: { answer: respond(503), lasts: 'once' },
      cache: { answer: respond(503), lasts: 'once' },
    },
    expect: { ...costsTime, ...cacheWorks },
    says: { authority: 'it responded 503' },
  },
  {
    name: '503, for ever',
    strikes: {
      authority: { answer: respond(503), lasts: 'for ever' },
      cache: { answer: respond(503), lasts: 'for ever' },
    },
    expect: { ...fails('entra-unavailable'), ...cacheFails },
    says: { authority: 'it responded 503', ...cacheSays },
  },
  minute('redirect (302)', notHandled, respond(302, '', { location: 'https://example.com/' })),
  atProxy('proxy that does not respond, for a minute', {
    answer: { kind: 'hang' },
    lasts: 60,
    expect: costsTime,
    says: proxyIsLate,
  }),
  atProxy('proxy that sends half a line, for a minute', {
    answer: { kind: 'half' },
    lasts: 60,
    expect: costsTime,
    says: proxyIsLate,
  }),
  atProxy('proxy that resets the connection, for a minute', {
    answer: { kind: 'reset' },
    lasts: 60,
    expect: costsTime,
    says: { authority: 'the proxy could not be used: the connection was reset' },
  }),
  atProxy('proxy that refuses (502), for a minute', {
    answer: respond(502),
    lasts: 60,
    expect: costsTime,
    says: { authority: 'the proxy refused the connection (502)' },
  }),
  atProxy('proxy that floods its response', {
    answer: { kind: 'flood' },
    lasts: 'for ever',
    expect: fails('entra-unavailable'),
    says: { authority: 'does not respond as an HTTP proxy does' },
  }),
  atProxy('proxy that asks for a password (407)', {
    answer: respond(407),
    lasts: 'for ever',
    expect: fails('entra-unavailable'),
    says: { authority: 'the proxy asks for a user name and password (407)' },
  }),
  clockOff('clock 10 minutes ahead', 600),
  clockOff('clock 10 minutes behind', -600),
  clockSet('clock set forward by 20 minutes', 1200),
  clockSet('clock set back by 2 hours', -7200),
  atCache({
    name: 'cache service absent',
    strikes: { cache: { mode: true } },
    mode: 'absent',
    expect: { restore: 'sign-in-needed old', 'save of a sign-in': 'sign-in old' },
    cannot: { 'save of a refresh': 'without the service no sign-in was restored that could be refreshed' },
    says: { cache: 'This runner offers no cache service' },
  }),
  atCache({
    name: 'cache service read-only',
    strikes: { cache: { readOnly: true } },
    cannot: { restore: 'reading is what is allowed' },
    expect: savingFails,
    says: { cache: 'this run may not write' },
  }),
  atCache({
    name: 'cache service rate limited',
    strikes: { cache: { mode: true } },
    mode: 'rate-limited',
    expect: cacheFails,
    says: { cache: '(429)' },
  }),
  atCache({
    name: 'cache service full',
    strikes: { cache: { mode: true } },
    mode: 'full',
    cannot: { restore: 'a full cache can be read' },
    expect: savingFails,
    says: { cache: unsaved },
  }),
  atCache({
    name: 'cache service slow (1 s an answer)',
    strikes: { cache: { answer: { kind: 'delay', milliseconds: 1000 }, lasts: 'for ever' } },
    expect: cacheWorks,
  }),
  atCache({
    name: "cache service lying: another entry's bytes",
    strikes: { cache: { swaps: 'another entry' } },
    cannot: { 'save of a refresh': 'nothing is read', 'save of a sign-in': 'nothing is read' },
    expect: { restore: 'sign-in-needed old' },
    says: { cache: 'The entry in the workflow cache is ignored' },
  }),
  atCache({
    name: 'cache service lying: another size (half of the archive)',
    strikes: { cache: { swaps: 'another size' } },
    cannot: { 'save of a refresh': 'nothing is read', 'save of a sign-in': 'nothing is read' },
    expect: { restore: 'sign-in-needed old' },
    says: { cache: 'The newest entry in the workflow cache is ignored' },
  }),
  {
    name: 'disk full',
    strikes: {
      'device code request': { environment: { GITHUB_STEP_SUMMARY: '/dev/full' } },
      cache: { environment: { FAULTS_DISK_FULL: 'yes' } },
    },
    cannot: {
      authority: 'nothing is written in this phase',
      'save of a refresh': 'the restore fails first, and nothing is refreshed',
    },
    expect: { 'device code request': 'sign-in new', ...cacheFails },
    says: cacheSays,
  },
  {
    name: 'temporary folder that cannot be written',
    strikes: { cache: { environment: { RUNNER_TEMP: '/dev/null' } } },
    cannot: {
      authority: 'nothing is written to it in this phase',
      'save of a refresh': 'the restore fails first, and nothing is refreshed',
    },
    expect: cacheFails,
    says: { cache: 'a temporary folder could not be created in RUNNER_TEMP' },
  },
  ...machineFaults,
];

/** The cells that can happen, in the order of the table. */
export const cells: readonly Cell[] = faults.flatMap((fault) =>
  phases.flatMap((phase) => {
    const strike = strikeOf(fault, phase);
    if (!strike) return [];
    const [outcome = '', kept = ''] = (fault.expect[phase.name] ?? '').split(' ');
    const says = fault.says?.[phase.name] ?? fault.says?.[phase.at] ?? '';
    return [{ fault, phase, strike, outcome, kept, says }];
  }),
);

/** How a fault is brought about in a phase; undefined where it cannot happen. */
function strikeOf({ strikes, cannot }: FaultRow, { name, at }: (typeof phases)[number]): Strike | undefined {
  return strikes[name] ?? (cannot?.[name] ? undefined : strikes[at]);
}

/** Why a fault cannot happen in a phase. */
export function whyNot({ cannot }: FaultRow, { name, at }: (typeof phases)[number]): string | undefined {
  return cannot?.[name] ?? cannot?.[at];
}
