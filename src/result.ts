/** What reading a text came to: its value, or in words what is wrong with it. The words follow the name of a setting. */
export type Result<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'problem'; readonly problem: string };

export function valueResult<T>(value: T): Result<T> {
  return { kind: 'value', value };
}

export function problemResult(problem: string): Result<never> {
  return { kind: 'problem', problem };
}
