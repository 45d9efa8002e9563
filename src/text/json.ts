/** How much of a JSON text is read; a text beyond it is refused before it is parsed. */
export interface JsonLimits {
  /** UTF-16 code units. */
  readonly characters: number;
  /** How many lists and objects may stand in each other. */
  readonly depth: number;
  /** Members of all objects and elements of all lists, roughly: each comma and each opening bracket counts. */
  readonly members: number;
}

/** Far above what Entra, GitHub and any MSAL write, and far below what a call stack or a runner's memory holds. */
export const jsonLimits: JsonLimits = { characters: 8_000_000, depth: 100, members: 50_000 };

/** A text that is not JSON, or more of it than is read. The message completes "it …" and never quotes the text. */
export class JsonRefused extends Error {
  override readonly name = 'JsonRefused';
  /** True for a text that is too much, whether it is JSON or not. */
  readonly isTooMuch: boolean;

  constructor(message: string, isTooMuch: boolean) {
    super(message);
    this.isTooMuch = isTooMuch;
  }
}

/**
 * Parses JSON that came from outside. V8's parser copes with any depth, but whoever walks through the value afterwards,
 * or writes it again, would run out of stack: so what is too deep, or too much, is refused first.
 * @throws {JsonRefused}
 */
export function parseJson(text: string, limits: JsonLimits = jsonLimits): unknown {
  checkLimits(text, limits);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, so it must not be kept, not even as a cause.
    throw new JsonRefused('is not JSON', false);
  }
}

/** The JSON object in a text; undefined when it holds something else, or more than is read. */
export function parseJsonObject(text: string, limits?: JsonLimits): Record<string, unknown> | undefined {
  try {
    const value = parseJson(text, limits);
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof JsonRefused) return undefined;
    throw error;
  }
}

export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkLimits(text: string, limits: JsonLimits): void {
  if (text.length > limits.characters)
    throw new JsonRefused(`is longer than ${formatCount(limits.characters)} characters`, true);
  let depth = 0;
  let members = 0;
  for (let index = nextMark(text, 0); index < text.length; index = nextMark(text, index + 1)) {
    const mark = text[index];
    if (mark === '}' || mark === ']') depth--;
    else members++;
    if (mark === '{' || mark === '[') depth++;
    if (depth > limits.depth)
      throw new JsonRefused(`is nested more than ${formatCount(limits.depth)} levels deep`, true);
    if (members > limits.members)
      throw new JsonRefused(`has more than ${formatCount(limits.members)} members`, true);
  }
}

/** Where the next bracket or comma stands that is in no string; the text's length when there is none. */
function nextMark(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index);
    else if (character !== undefined && '{}[],'.includes(character)) return index;
  }
  return text.length;
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === '"') return index;
  }
  return text.length;
}

function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
