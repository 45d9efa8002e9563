/** The text with A to Z in lower case, and nothing else changed: the Kelvin sign is no k. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** True when both are the same name, without case over ASCII. */
export function sameName(one: string, other: string): boolean {
  return lowerAscii(one) === lowerAscii(other);
}
