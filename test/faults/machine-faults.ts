/** Faults of the machine that runs the step, and of who runs it: the file for outputs, the tools for archives, cancellation. */
import type { Fault } from '../../sandbox/faults.ts';
import { busyboxTar, type Tool } from '../e2e/tools-in-path.ts';
import type { FaultRow, OutputFileFault, PhaseName, Strike } from './fault-row.ts';

// ---- the file for outputs

const unwritable = 'The outputs of this step could not be written';

/** Whatever becomes of the file, what was won is kept, and no half of the outputs is set. */
const diskBecomes = (outputFile: OutputFileFault, name: string): FaultRow => ({
  name,
  strikes: { authority: { outputFile }, cache: { outputFile } },
  expect: inEachPhase(() => 'no-output new'),
  says: { authority: `is on a disk that is ${outputFile}.`, cache: `is on a disk that is ${outputFile}.` },
});

// ---- tools

const noArchives = (cause: string): string => `this machine cannot pack and unpack archives (${cause})`;
const zstd = { zstd: 'real', zstdmt: 'real', unzstd: 'real' } as const;
/** It says its version, and fails at all else. */
const failing: Tool = {
  script: '#!/bin/sh\n[ "$1" = --version ] && echo "tar (GNU tar) 1.35" && exit\nexit 2\n',
};

/** The tools are lost when the phase begins. Where a person is to be asked, the machine is tried out before. */
const toolsLost = (
  name: string,
  tools: Readonly<Record<string, Tool>>,
  cause: string,
  restore: Pick<FaultRow, 'expect' | 'says'>,
): FaultRow => ({
  name,
  strikes: { cache: { tools }, 'device code request': { tools } },
  cannot: { authority: 'nothing is packed or unpacked in this phase' },
  expect: {
    'device code request': 'sign-in old',
    'save of a refresh': 'refresh old',
    'save of a sign-in': 'sign-in old',
    ...restore.expect,
  },
  says: {
    'device code request': `A sign-in cannot be saved in the workflow cache: ${noArchives(cause)}`,
    cache: noArchives(cause),
    ...restore.says,
  },
});

/** The entry is found, and cannot be unpacked. */
const notUnpacked = { expect: { restore: 'cache-unavailable old' } } as const;
/** An entry is looked for by the program that packed it, too. */
const notFound = {
  expect: { restore: 'sign-in-needed old' },
  says: { restore: 'packed with zstd, which this machine lacks' },
} as const;

// ---- cancellation

const handled: Fault = { kind: 'delay-after', milliseconds: 300 };
const told = 'the run was cancelled before its outputs were set';
const saved = 'was saved to the workflow cache';
/** In these phases something is won that cannot be won again, or was won before. */
const winning: readonly PhaseName[] = [
  'silent',
  'poll after the sign-in',
  'save of a refresh',
  'save of a sign-in',
];
const kept = (name: PhaseName): 'new' | 'old' => (winning.includes(name) ? 'new' : 'old');

const cancels = (answer: Fault, more: { readonly outputFile?: OutputFileFault } = {}): Strike => ({
  answer,
  lasts: 'once',
  cancels: true,
  ...more,
});
const everywhere = (strike: Strike): FaultRow['strikes'] => ({ authority: strike, cache: strike });

function inEachPhase(expect: (name: PhaseName) => `${string} ${'new' | 'old'}`): FaultRow['expect'] {
  const names: readonly PhaseName[] = [
    'restore',
    'silent',
    'device code request',
    'first poll',
    'later poll',
    ...winning.slice(1),
  ];
  return Object.fromEntries(names.map((name) => [name, expect(name)]));
}

export const machineFaults: readonly FaultRow[] = [
  {
    name: 'file for outputs that cannot be written',
    strikes: { restore: { environment: { GITHUB_OUTPUT: '/dev/full' } } },
    cannot: {
      authority: 'the file for outputs is tried out first, and the step ends before this phase',
      cache: 'the file for outputs is tried out first, and the step ends before this phase',
    },
    expect: { restore: 'no-output old' },
    says: { restore: unwritable },
  },
  diskBecomes('read-only', 'file for outputs on a disk that becomes read-only'),
  diskBecomes('full', 'file for outputs on a disk that becomes full in the middle of them'),
  toolsLost('no tar', { ...zstd, gzip: 'real' }, 'tar is not installed', notUnpacked),
  toolsLost('tar that fails', { ...zstd, gzip: 'real', tar: failing }, 'tar failed', notUnpacked),
  toolsLost('tar of BusyBox', { ...zstd, tar: busyboxTar }, 'its tar is not GNU tar', notUnpacked),
  toolsLost(
    'zstd that fails',
    { tar: 'real', zstd: 'real', zstdmt: failing, unzstd: failing },
    'tar failed',
    notUnpacked,
  ),
  toolsLost('neither zstd nor gzip', { tar: 'real' }, 'gzip is not installed', notFound),
  {
    ...toolsLost('no zstd', { tar: 'real', gzip: 'real' }, '', notFound),
    expect: {
      restore: 'sign-in-needed old',
      'device code request': 'sign-in new',
      'save of a refresh': 'refresh new',
      'save of a sign-in': 'sign-in new',
    },
    says: { restore: 'packed with zstd, which this machine lacks' },
  },
  {
    name: 'cancelled',
    strikes: everywhere(cancels(handled)),
    expect: inEachPhase((name) => `cancelled ${kept(name)}`),
    says: {
      authority: told,
      cache: told,
      silent: saved,
      'poll after the sign-in': saved,
      'save of a refresh': saved,
      'save of a sign-in': saved,
    },
  },
  {
    name: 'cancelled, and each use of a refresh token revokes it',
    strikes: { silent: cancels(handled), 'save of a refresh': cancels(handled) },
    cannot: {
      authority: 'no refresh token is used in this phase',
      cache: 'no refresh token is used in this phase',
    },
    expect: { silent: 'cancelled new', 'save of a refresh': 'cancelled new' },
    says: { silent: saved, 'save of a refresh': saved },
    rotates: true,
  },
  {
    name: 'cancelled, and no answer comes',
    strikes: everywhere(cancels({ kind: 'hang' })),
    expect: inEachPhase(() => 'cancelled old'),
    says: {
      authority: told,
      cache: told,
      'save of a refresh': 'the run was cancelled before',
      'save of a sign-in': 'the run was cancelled before',
    },
  },
  {
    name: 'cancelled, and the disk of the file for outputs becomes read-only',
    strikes: everywhere(cancels(handled, { outputFile: 'read-only' })),
    expect: inEachPhase((name) => `no-output ${kept(name)}`),
    says: {
      authority: 'The output error-code could not be set',
      cache: 'The output error-code could not be set',
    },
  },
];
