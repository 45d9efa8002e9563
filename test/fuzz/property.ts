import { test } from 'node:test';
import fc from 'fast-check';

/** How often each property is tried; the environment variable FUZZ_RUNS asks for another number. */
export const fuzzRuns = Number(process.env['FUZZ_RUNS']) || 200;

/** The same inputs in every run; FUZZ_SEED chooses others. A failure prints it, with the smallest input that fails. */
export const fuzzSeed = Number(process.env['FUZZ_SEED']) || 20_261_101;

/** One test: the sentence holds for everything that the arbitrary makes. */
export function property<T>(
  sentence: string,
  arbitrary: fc.Arbitrary<T>,
  holds: (value: T) => void | Promise<void>,
): void {
  test(`${sentence} (${fuzzRuns} runs)`, () =>
    fc.assert(
      fc.asyncProperty(arbitrary, async (value) => holds(value)),
      { numRuns: fuzzRuns, seed: fuzzSeed, endOnFailure: false },
    ));
}
