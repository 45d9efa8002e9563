/**
 * The inputs of a step as the runner hands them to the action: what the workflow gives, then the defaults.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionRunner.cs
 */
import type { ActionManifest } from './action-manifest.ts';

export interface StepInputs {
  /** In the runner's order: those given, then the rest as declared. A declared one is never missing. */
  readonly values: ReadonlyMap<string, string>;
  /** What the runner warns of before the step starts. */
  readonly warnings: readonly string[];
}

export function resolveInputs(manifest: ActionManifest, given: Readonly<Record<string, string>>): StepInputs {
  const values = new Map(Object.entries(given));
  const names = new Set([...values.keys()].map((name) => name.toLowerCase()));
  const declared = new Set<string>();
  const warnings: string[] = [];
  for (const [name, input] of manifest.inputs) {
    declared.add(name.toLowerCase());
    if (!names.has(name.toLowerCase())) {
      values.set(name, evaluateDefault(name, input.default ?? ''));
    } else if (input.deprecated !== undefined) {
      warnings.push(`Input '${name}' has been deprecated with message: ${input.deprecated}`);
    }
  }
  const unexpected = Object.keys(given).filter((name) => !declared.has(name.toLowerCase()));
  if (unexpected.length > 0) {
    const valid = [...manifest.inputs.keys()].join("', '");
    warnings.push(`Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid}']`);
  }
  return { values, warnings };
}

function evaluateDefault(name: string, text: string): string {
  if (text.includes('${{'))
    throw new Error(`The default of ${name} is an expression; the sandbox evaluates none.`);
  return text;
}
