import type { WorkflowRun } from '../../../src/action/workflow-run.ts';

/** A run that a person dispatched on the default branch of a private repository, with changes. */
export function workflowRun(changes: Partial<WorkflowRun> = {}): WorkflowRun {
  return {
    id: '42',
    hasId: true,
    attempt: 1,
    event: 'workflow_dispatch',
    actor: 'octocat',
    triggeringActor: 'octocat',
    isByProgram: false,
    isPrivate: true,
    isVisibilityKnown: true,
    isForkPullRequest: false,
    ref: 'refs/heads/main',
    defaultRef: 'refs/heads/main',
    repository: 'o/r',
    repositoryIdentity: { server: 'https://github.example', id: '501', name: 'o/r' },
    apiUrl: 'https://api.github.example',
    runUrl: 'https://github.example/o/r/actions/runs/42',
    workflowUrl: 'https://github.example/o/r/actions/workflows/token.yml',
    ...changes,
  };
}
