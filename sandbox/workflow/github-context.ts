import type { WorkflowEvent } from '../runner/event.ts';

/**
 * What expressions see as `github`.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context
 */
export function githubContext(event: WorkflowEvent, token: string): Readonly<Record<string, unknown>> {
  const [owner = ''] = event.repository.split('/');
  return {
    event_name: event.name,
    event: event.payload,
    ref: event.ref,
    ref_name: event.refName,
    head_ref: event.headRef,
    base_ref: event.baseRef,
    sha: event.sha,
    actor: event.actor,
    triggering_actor: event.triggeringActor,
    repository: event.repository,
    repository_owner: owner,
    run_id: String(event.runId),
    run_number: String(event.runNumber),
    run_attempt: String(event.runAttempt),
    server_url: 'https://github.com',
    api_url: 'https://api.github.com',
    workflow: 'Token',
    token,
  };
}
