/** What of a step's outputs reaches another job. */
import type { ActionRun } from './action-run.ts';

export interface JobOutputs {
  readonly outputs: Readonly<Record<string, string>>;
  /** Names of outputs the platform dropped. */
  readonly dropped: readonly string[];
  /** What the platform logs about it. */
  readonly log: readonly string[];
}

/** The hosted service takes whatever looks like a JWT for a secret, masked or not. */
const jwt = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;

/**
 * Passes all outputs of a step on as outputs of its job, as `outputs: name: ${{ steps.id.outputs.name }}` does:
 * those that hold a masked value are dropped, and empty ones do not exist.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Worker/JobExtension.cs
 */
export function jobOutputs(run: Pick<ActionRun, 'outputs' | 'mask'>): JobOutputs {
  const outputs: Record<string, string> = {};
  const dropped: string[] = [];
  const log: string[] = [];
  for (const [name, value] of Object.entries(run.outputs)) {
    if (value === '') continue;
    if (run.mask(value) !== value || jwt.test(value)) {
      dropped.push(name);
      log.push(`Warning: Skip output '${name}' since it may contain secret.`);
    } else {
      outputs[name] = value;
      log.push(`Set output '${name}'`);
    }
  }
  return { outputs, dropped, log };
}
