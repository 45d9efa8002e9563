import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { storeOpeners } from '../../../src/action/open-stores.ts';
import { run } from '../../../src/action/run.ts';
import type { Step, StepResult } from '../../../src/action/step.ts';
import { parseMsalCache } from '../../../src/msal-cache/msal-cache.ts';
import type { SignInRecord } from '../../../src/sealing/sign-in-record.ts';
import type { OpenStore } from '../../../src/stores/sign-in-store.ts';
import { plain } from '../../../src/text/plain-text.ts';
import { deviceCode, granted } from '../fakes/answers.ts';
import type { Script } from '../fakes/entra.ts';
import { withInputs } from '../fakes/inputs.ts';
import { outputFile } from '../fakes/output-file.ts';
import { alice, contoso } from '../fakes/people.ts';
import { clientId } from '../fakes/request.ts';
import { worldWith } from '../fakes/world.ts';

/** A store as somebody may add it: all that it needs is this. */
function vault(records: SignInRecord[]): OpenStore {
  return async () => ({
    name: 'vault',
    title: plain`the vault`,
    isPerBranch: false,
    restore: async () => ({
      kind: 'restored',
      signIns: records.map((record) => ({ origin: 'the vault', record, isInput: false })),
    }),
    save: async ({ cache, refreshedAt, details }) => {
      records.splice(0, 1, { cache: parseMsalCache(cache), refreshedAt, keyId: undefined, details });
      return { kind: 'saved' };
    },
  });
}

/** A step of a run that a person dispatched, at an authority that responds so. */
function stepWith(script: Script): {
  readonly step: Step;
  readonly lines: string[];
  readonly shown: () => number;
} {
  const world = worldWith(script);
  const { signal } = new AbortController();
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const environment = {
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_RUN_ID: '42',
    GITHUB_REPOSITORY: 'o/r',
    GITHUB_ACTOR: 'octocat',
  };
  return {
    lines,
    shown: () => world.entra.to('devicecode').length,
    step: {
      environment,
      clock: world.clock,
      network: world.ports.network,
      log: { info: log, warning: log, debug: log, notice: log },
      signal,
      deadline: signal,
      allow: () => undefined,
      saving: (save) => save,
    },
  };
}

function start(context: TestContext, step: Step, records: SignInRecord[]): Promise<StepResult> {
  outputFile(context);
  // The line by which a store is added.
  const openers = [...storeOpeners, vault(records)];
  const inputs = { 'client-id': clientId, 'tenant-id': contoso, account: alice.username };
  return withInputs(inputs, () => run(step, openers));
}

test('A store that is added to the list saves a sign-in, and gives the next run its token silently', async (context) => {
  const records: SignInRecord[] = [];
  const first = stepWith({ deviceCode: [deviceCode()], token: [granted(alice)] });

  const signedIn = await start(context, first.step, records);

  assert.deepEqual([signedIn.outputs['source'], signedIn.outputs['saved-to']], ['sign-in', 'vault']);
  assert.match(signedIn.lines.join(), /saved to the vault\.$/);

  const second = stepWith({});
  const silent = await start(context, second.step, records);

  assert.equal(silent.outputs['access-token'], 'access token of alice');
  assert.deepEqual([silent.outputs['source'], second.shown()], ['cache', 0]);
});

test('A store that is added to the list and cannot be read keeps a run from asking for a sign-in', async (context) => {
  outputFile(context);
  const { step, shown } = stepWith({});
  const reason = plain`the vault is sealed`;
  const unreadable: OpenStore = async () => ({
    name: 'vault',
    title: plain`the vault`,
    isPerBranch: false,
    restore: async () => ({ kind: 'unreadable', signIns: [], reason }),
  });

  const running = withInputs({ 'client-id': clientId, 'tenant-id': contoso }, () =>
    run(step, [...storeOpeners, unreadable]),
  );

  await assert.rejects(running, {
    code: 'cache-unavailable',
    message: /^The vault could not be read.*\nWhy: the vault is sealed/,
  });
  assert.equal(shown(), 0);
});
