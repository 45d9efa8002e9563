import { reasonOf } from './missing.ts';
import { type Program, run } from './program.ts';

/** Of a row of numbers. */
export interface Spread {
  readonly median: number;
  readonly minimum: number;
  readonly maximum: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    minimum: at(0),
    maximum: at(sorted.length - 1),
  };
}

/** Two programs, run in turns so that a busy moment of the machine strikes both. */
export interface Pairs {
  /** Milliseconds. */
  readonly one: Spread;
  /** Milliseconds. */
  readonly other: Spread;
  /** Of `one` to `other`, pair by pair. */
  readonly ratio: Spread;
  /** How many pairs there are. */
  readonly count: number;
  /** Why pairs are not among them in which a run failed; one reason each. */
  readonly failures: readonly string[];
}

const mostFailures = 3;

/**
 * Runs A B A B …; the first pair only warms up. A pair in which a run fails is told, and another is run in its place.
 * @throws when more pairs fail than a passing fault explains
 */
export async function runInPairs(one: Program, other: Program, count: number): Promise<Pairs> {
  const times: (readonly [number, number])[] = [];
  const failures: string[] = [];
  for (let isWarm = false; times.length < count; isWarm = true) {
    try {
      const first = await run(one);
      const second = await run(other);
      if (isWarm) times.push([first.milliseconds, second.milliseconds]);
    } catch (error) {
      failures.push(reasonOf(error));
      if (failures.length > mostFailures) throw error;
    }
  }
  return {
    one: spreadOf(times.map(([a]) => a)),
    other: spreadOf(times.map(([, b]) => b)),
    ratio: spreadOf(times.map(([a, b]) => a / b)),
    count: times.length,
    failures,
  };
}
