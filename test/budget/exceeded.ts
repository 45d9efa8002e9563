import type { Footprint } from '../../bench/footprint.ts';

/** One line for each number that is above its budget. */
export function exceeded(footprint: Footprint, budget: Footprint): readonly string[] {
  return (Object.keys(budget) as (keyof Footprint)[])
    .filter((name) => !(footprint[name] <= budget[name]))
    .map((name) => `${name}: ${footprint[name]}, budget ${budget[name]}`);
}
