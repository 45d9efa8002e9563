import assert from 'node:assert/strict';
import test from 'node:test';
import type { Inputs } from '../../../src/action/inputs.ts';
import { refusePrompt, storageWarning } from '../../../src/action/sign-in-policy.ts';
import type { KeepingStores } from '../../../src/action/way-to-sign-in.ts';
import type { WorkflowRun } from '../../../src/action/workflow-run.ts';
import { inputsOf } from '../fakes/inputs.ts';
import { alice, contoso, homeAccountId } from '../fakes/people.ts';
import { workflowRun } from '../fakes/workflow-run.ts';

const workflowCache = { isPerBranch: true };
const secret = { isPerBranch: false };
const key = 'k'.repeat(43).concat('=');
const person = { actor: 'octocat', triggeringActor: 'octocat', isByProgram: false, isForkPullRequest: false };

interface Situation {
  readonly given: Readonly<Record<string, string>>;
  readonly run: WorkflowRun;
  readonly stores: KeepingStores;
  /** What the repository is, whether or not the event says so. */
  readonly isPrivateRepository: boolean;
}

const accounts = [
  ['', contoso],
  ['', 'organizations'],
  [alice.username, 'organizations'],
  [alice.username, contoso],
] as const;
const places = [
  ['main', [workflowCache]],
  ['topic', [workflowCache]],
  ['topic', [workflowCache, secret]],
  ['main', []],
] as const;

const events = [
  'workflow_dispatch',
  'schedule',
  'push',
  'pull_request',
  'pull_request_target',
  'workflow_run',
] as const;
const modes = ['auto', 'allowed', 'force', 'never'] as const;

/** Each of the one with each of the other. */
const each = <A, B>(ones: readonly A[], others: readonly B[]): readonly (readonly [A, B])[] =>
  ones.flatMap((one) => others.map((other) => [one, other] as const));

const keyFor = (stores: KeepingStores) => (stores.length > 0 ? { 'encryption-key': key } : {});

const situations: readonly Situation[] = each(
  each(each(events, ['octocat', 'renovate[bot]']), each(modes, [true, false])),
  each(accounts, places),
)
  // A schedule is of the default branch, which its event does not name.
  .filter(([[[event]], [, [branch]]]) => event !== 'schedule' || branch === 'main')
  .map(([[[event, triggeringActor], [mode, isPrivateRepository]], [[account, tenant], [branch, stores]]]) => {
    const isVisibilityKnown = event !== 'schedule';
    return {
      given: { 'sign-in': mode, account, 'tenant-id': tenant, ...keyFor(stores) },
      isPrivateRepository,
      stores,
      run: workflowRun({
        event,
        triggeringActor,
        isVisibilityKnown,
        isPrivate: isVisibilityKnown && isPrivateRepository,
        ref: `refs/heads/${branch}`,
        defaultRef: isVisibilityKnown ? 'refs/heads/main' : undefined,
      }),
    };
  });

const inWords = ({ run, given, stores, isPrivateRepository }: Situation): string =>
  JSON.stringify({
    event: run.event,
    by: run.triggeringActor,
    ref: run.ref,
    given,
    stores,
    isPrivateRepository,
  });

/** What each line of an advice asks to be changed. */
const changes: readonly (readonly [
  asks: RegExp,
  inputs: Readonly<Record<string, string>>,
  stores?: KeepingStores,
])[] = [
  [/set sign-in to "auto"/i, { 'sign-in': 'auto' }],
  [/account (alone )?to the .*home account id/i, { account: homeAccountId(alice) }],
  [/account to the user principal name/i, { account: alice.username }],
  [/set tenant-id to your tenant/i, { 'tenant-id': contoso }],
  [/give encryption-key a value/i, { 'encryption-key': key }, [workflowCache]],
  [/set secret-name/i, {}, [secret]],
];

/** What the situation is when every line of the advice was followed. */
function followed(advice: string, { given, run, stores, isPrivateRepository }: Situation): Situation {
  const lines = advice
    .split('\n')
    .filter((line) => !isPrivateRepository || !/^unless the repository is private/i.test(line));
  const asked = changes.filter(([asks]) => lines.some((line) => asks.test(line)));
  const dispatched = workflowRun({
    ...person,
    ref: /by hand on main/.test(advice) ? 'refs/heads/main' : run.ref,
    isPrivate: isPrivateRepository,
  });
  return {
    given: Object.assign({ ...given }, ...asked.map(([, change]) => change)),
    stores: asked.reduce((kept, [, , store]) => store ?? kept, stores),
    run: dispatched,
    isPrivateRepository,
  };
}

function refusalIn({ given, run, stores }: Situation, inputs: Inputs = inputsOf(given)) {
  return refusePrompt({ reason: 'it has expired', stores }, inputs, run);
}

test('Whoever follows the advice of a refusal is asked to sign in, and the sign-in is kept where later runs see it', () => {
  let refusals = 0;
  for (const situation of situations) {
    const refusal = refusalIn(situation);
    if (!refusal) continue;
    refusals++;
    const { fix } = refusal.explanation;
    const next = followed(fix, situation);
    const what = `${inWords(situation)}: ${fix}`;
    assert.equal(refusalIn(next)?.message, undefined, what);
    // Where the run itself may not go on without account, this is all that stands in the way; the rest is a warning.
    if (/without a named account/.test(refusal.message)) continue;
    assert.equal(storageWarning({ ...next, inputs: inputsOf(next.given) }), undefined, what);
  }
  assert.ok(refusals > 200, String(refusals));
});

test('A re-run is advised only where it may ask, and names the branch that alone sees its sign-in', () => {
  let advised = 0;
  for (const situation of situations) {
    const fix = refusalIn(situation)?.explanation.fix ?? '';
    if (!/re-run this run/i.test(fix)) continue;
    advised++;
    const again = { ...situation, run: { ...situation.run, attempt: 2, triggeringActor: 'octocat' } };
    assert.equal(refusalIn(again)?.message, undefined, `${inWords(situation)}: ${fix}`);
    const warning = storageWarning({ ...again, inputs: inputsOf(again.given) });
    assert.equal(warning !== undefined, /kept for topic only/.test(fix), `${inWords(situation)}: ${fix}`);
  }
  assert.ok(advised > 20, String(advised));
});

test('Where a run gets no secrets, an empty encryption-key is no mistake: a dispatched run gets it', () => {
  const run = workflowRun({ event: 'pull_request', isForkPullRequest: true });
  const fix = refusalIn({ given: {}, run, stores: [], isPrivateRepository: true })?.explanation.fix;
  assert.match(fix ?? '', /^dispatch the workflow by hand, and sign in there: https/);
});

test('A runner without a workflow cache is not asked for an encryption-key that it has', () => {
  const run = workflowRun({ event: 'schedule' });
  const given = { 'encryption-key': key };
  const fix = refusalIn({ given, run, stores: [], isPrivateRepository: true })?.explanation.fix ?? '';
  assert.match(fix, /^set secret-name and secret-token: this runner offers no workflow cache/);
  const off = { ...given, 'workflow-cache': 'false' };
  const fixForOff =
    refusalIn({ given: off, run, stores: [], isPrivateRepository: true })?.explanation.fix ?? '';
  assert.match(fixForOff, /^turn on workflow-cache/);
});
