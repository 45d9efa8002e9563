/** Every event of GitHub, by every kind of actor, in every mode, in both attempts, in repositories of both kinds. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { refuseFinish, refusePrompt } from '../../../src/action/sign-in-policy.ts';
import type { WorkflowRun } from '../../../src/action/workflow-run.ts';
import { inputsOf } from '../fakes/inputs.ts';
import { alice, contoso, homeAccountId } from '../fakes/people.ts';
import { workflowRun } from '../fakes/workflow-run.ts';

const allowed = [
  'workflow_dispatch',
  'repository_dispatch',
  'schedule',
  'push',
  'release',
  'create',
  'delete',
  'merge_group',
  'deployment',
  'pull_request',
];

/** @see https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows */
const refused = [
  'branch_protection_rule',
  'check_run',
  'check_suite',
  'deployment_status',
  'discussion',
  'discussion_comment',
  'dynamic',
  'fork',
  'gollum',
  'image_version',
  'issue_comment',
  'issues',
  'label',
  'member',
  'milestone',
  'page_build',
  'project',
  'project_card',
  'project_column',
  'public',
  'pull_request_comment',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_target',
  'registry_package',
  'repository_ruleset',
  'status',
  'watch',
  'workflow_call',
  'workflow_run',
  // Not there, not yet there, or spelled as no event is.
  '',
  'an_event_of_next_year',
  'Push',
  'push ',
  'constructor',
  '__proto__',
];

const needed = { reason: 'it has expired', stores: [{ isPerBranch: true }] };

const bot = 'renovate[bot]';
const dependabot = 'dependabot[bot]';
const people = [
  { who: 'a person', actor: 'octocat', triggeringActor: 'octocat' },
  { who: 'a bot', actor: bot, triggeringActor: bot, isBot: true },
  { who: 'a bot, re-run by a person', actor: bot, triggeringActor: 'octocat', isBot: true },
  { who: 'a person, re-run by a bot', actor: 'octocat', triggeringActor: bot, isBot: true },
  {
    who: 'an app told by its type alone',
    actor: 'Copilot',
    triggeringActor: 'Copilot',
    isByProgram: true,
    isBot: true,
  },
  { who: 'Dependabot', actor: dependabot, triggeringActor: dependabot, isDependabot: true },
  {
    who: 'Dependabot, re-run by a person',
    actor: dependabot,
    triggeringActor: 'octocat',
    isDependabot: true,
  },
  {
    who: 'a person, re-run by Dependabot',
    actor: 'octocat',
    triggeringActor: 'DependaBot[bot]',
    isDependabot: true,
  },
] as const;
type Who = { readonly isBot?: boolean; readonly isDependabot?: boolean } & Pick<
  WorkflowRun,
  'actor' | 'triggeringActor'
>;

const modes = ['auto', 'allowed', 'force', 'never'] as const;

interface Case extends Who {
  readonly event: string;
  readonly mode: (typeof modes)[number];
  readonly attempt: number;
  readonly isPrivate: boolean;
  readonly account: string;
}

/** What the documentation says, row by row. */
function expectedOf(asked: Case): string | undefined {
  const { event, mode, isBot, isDependabot, attempt, isPrivate, account } = asked;
  if (isDependabot || !allowed.includes(event) || (event === 'pull_request' && isBot))
    return 'sign-in-refused';
  if (mode === 'never') return 'sign-in-needed';
  if (mode !== 'allowed' && !isPersonThere(asked, attempt)) return 'sign-in-needed';
  return isPrivate || account !== '' ? undefined : 'sign-in-refused';
}

function isPersonThere({ event, actor, triggeringActor }: Case, attempt: number): boolean {
  if (triggeringActor.endsWith('[bot]')) return false;
  return attempt > 1 || (event === 'workflow_dispatch' && actor !== 'Copilot');
}

function* casesOf(event: string): Generator<Case & { readonly who: string }> {
  for (const person of people)
    for (const mode of modes)
      for (const attempt of [1, 2])
        for (const isPrivate of [true, false])
          for (const account of ['', named]) yield { ...person, event, mode, attempt, isPrivate, account };
}

const named = homeAccountId(alice);
/** The inputs of every case, read once: that is most of the time. */
const inputsIn = Object.fromEntries(
  modes.flatMap((mode) =>
    ['', named].map((account) => [
      `${mode} ${account}`,
      inputsOf({ 'sign-in': mode, account, 'tenant-id': contoso }),
    ]),
  ),
);

for (const event of [...allowed, ...refused]) {
  test(`who may start a sign-in on the event "${event}"`, () => {
    for (const asked of casesOf(event)) {
      const { mode, account, who: _, ...run } = asked;
      const inputs = inputsIn[`${mode} ${account}`];
      assert.ok(inputs);
      const failure = refusePrompt(needed, inputs, workflowRun(run));
      assert.equal(failure?.code, expectedOf(asked), JSON.stringify(asked));
    }
  });
}

for (const event of refused) {
  test(`the event "${event}" is named, with the way to dispatch, also where a begun sign-in is to be finished`, () => {
    const run = workflowRun({ event, attempt: 2 });
    for (const failure of [
      refusePrompt(needed, inputsOf({ 'sign-in': 'allowed' }), run),
      refuseFinish(needed, inputsOf({ 'sign-in': 'allowed' }), run),
    ]) {
      assert.equal(failure?.code, 'sign-in-refused');
      assert.ok(failure.message.includes(event === '' ? 'names no event' : `the event "${event}"`));
      assert.match(
        failure.message,
        /dispatch the workflow by hand.*: https:\/\/github\.example\/o\/r\/actions/,
      );
    }
  });
}

for (const [what, run] of [
  ['a fork', { isForkPullRequest: true }],
  ['a bot', { isByProgram: true }],
  ['a bot', { actor: 'Renovate[Bot]' }],
] as const) {
  test(`a pull request from ${what} starts no sign-in, and finishes none (${JSON.stringify(run)})`, () => {
    for (const mode of modes)
      for (const attempt of [1, 2]) {
        const ofRun = workflowRun({ event: 'pull_request', attempt, ...run });
        const inputs = inputsOf({ 'sign-in': mode });
        assert.equal(refusePrompt(needed, inputs, ofRun)?.code, 'sign-in-refused');
        const failure = refuseFinish(needed, inputs, ofRun);
        assert.equal(failure?.code, 'sign-in-refused');
        assert.match(failure.message, new RegExp(`a pull request (from|of) ${what}`));
      }
  });
}
