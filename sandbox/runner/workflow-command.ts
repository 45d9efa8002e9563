/**
 * Reads the commands an action gives the runner by printing lines: `::name key=value,…::data` at the start of a
 * line, and the older `##[name key=value;…]data` anywhere in it.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export interface WorkflowCommand {
  /** As written; the runner compares without case. */
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

type Escapes = readonly (readonly [code: string, character: string])[];

// Percent comes last, or `%250A` would end as a line break.
const dataEscapes: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
];
const propertyEscapes: Escapes = [['%3A', ':'], ['%2C', ','], ...dataEscapes];
const bracketEscapes: Escapes = [['%3B', ';'], ['%5D', ']'], ...dataEscapes];

/** Reads a line; `undefined` unless it is a command whose name is known. */
export function parseWorkflowCommand(
  line: string,
  isKnown: (name: string) => boolean,
): WorkflowCommand | undefined {
  return parseColonCommand(line, isKnown) ?? parseBracketCommand(line, isKnown);
}

function parseColonCommand(line: string, isKnown: (name: string) => boolean): WorkflowCommand | undefined {
  const [, head, data] = /^\s*::(.*?)::(.*)$/s.exec(line) ?? [];
  if (head === undefined || data === undefined) return undefined;
  const [name, properties] = splitHead(head);
  if (!isKnown(name)) return undefined;
  return {
    name,
    properties: parseProperties(properties.trim(), ',', propertyEscapes),
    data: unescapeText(data, dataEscapes),
  };
}

function parseBracketCommand(line: string, isKnown: (name: string) => boolean): WorkflowCommand | undefined {
  const [, head, data] = /##\[(.*?)\](.*)$/s.exec(line) ?? [];
  if (head === undefined || data === undefined) return undefined;
  const [name, properties] = splitHead(head);
  if (!isKnown(name)) return undefined;
  return {
    name,
    properties: parseProperties(properties, ';', bracketEscapes),
    data: unescapeText(data, bracketEscapes),
  };
}

function splitHead(head: string): [name: string, properties: string] {
  const space = head.indexOf(' ');
  return space < 0 ? [head, ''] : [head.slice(0, space), head.slice(space + 1)];
}

function parseProperties(text: string, separator: string, escapes: Escapes): Map<string, string> {
  const properties = new Map<string, string>();
  for (const property of text.split(separator)) {
    const equals = property.indexOf('=');
    const value = property.slice(equals + 1);
    if (equals > 0 && value !== '') properties.set(property.slice(0, equals), unescapeText(value, escapes));
  }
  return properties;
}

function unescapeText(text: string, escapes: Escapes): string {
  return escapes.reduce((result, [code, character]) => result.replaceAll(code, character), text);
}
