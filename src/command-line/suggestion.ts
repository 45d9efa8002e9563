/**
 * The name that was probably meant: one with a few letters wrong, missing, doubled or swapped, or the only one that begins
 * with what was typed.
 * @param typed in any case, with underscores or hyphens
 * @returns undefined where nothing is near
 */
export function findNearest<Name extends string>(typed: string, names: readonly Name[]): Name | undefined {
  const word = typed.slice(0, longestTyped).toLowerCase().replaceAll('_', '-');
  const [nearest] = names
    .map((name) => ({ name, distance: editDistance(word, name) }))
    .filter(({ name, distance }) => distance <= allowedDistance(name))
    .sort((one, other) => one.distance - other.distance);
  if (nearest) return nearest.name;

  const longer = names.filter((name) => word.length >= shortestAbbreviation && name.startsWith(word));
  return longer.length === 1 ? longer[0] : undefined;
}

const longestTyped = 40;
const shortestAbbreviation = 3;

/** One letter of a short name, three of the longest. */
function allowedDistance(name: string): number {
  return Math.min(3, Math.ceil(name.length / 5));
}

/**
 * How many letters must be replaced, added, removed or swapped with their neighbor to make one word of the other.
 * @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance#Optimal_string_alignment_distance
 */
function editDistance(one: string, other: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, other.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
