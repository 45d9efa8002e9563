/**
 * Evaluates expressions by GitHub's own evaluator, but for one thing: a name that does not exist is an error here, where
 * the platform has an empty string for it.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { isBasicExpression, isMapping, isSequence } from './github-parser.ts';
import type { Token } from './workflow.ts';

/** What an expression can see. */
export interface Scope {
  /** `github`, `steps`, … and what is in them, as JSON. */
  readonly contexts: Readonly<Record<string, unknown>>;
  /** For `if`. */
  readonly status?: Status;
}

export interface Status {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

/** Stands for an object that is not there yet. */
export class Withheld {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

/** Whether the condition of a step or a job holds. */
export function holds(condition: string, scope: Scope): boolean {
  const value = evaluateExpression(condition, scope);
  return !(value === '' || value === null || value === 0 || value === false || Number.isNaN(value));
}

/** What a part of a workflow is, its expressions evaluated: strings, numbers, booleans, `null`, arrays, objects. */
export function evaluateToken(token: Token, scope: Scope): unknown {
  if (isMapping(token)) {
    return Object.fromEntries(
      [...token].map(({ key, value }) => [key.toString(), evaluateToken(value, scope)]),
    );
  }
  if (isSequence(token)) return [...token].map((item) => evaluateToken(item, scope));
  return isBasicExpression(token) ? evaluateExpression(token.expression, scope) : token.toJSON();
}

/** A mapping of texts, as `env`, `with` and `outputs` are. */
export function textsOf(token: Token | undefined, scope: Scope): Record<string, string> {
  const value = token === undefined ? {} : evaluateToken(token, scope);
  return Object.fromEntries(
    Object.entries(value as object).map(([name, text]) => [name, text === null ? '' : String(text)]),
  );
}

function evaluateExpression(expression: string, { contexts, status }: Scope): unknown {
  const functions = status ? statusFunctions(status) : [];
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(contexts), functions).parse();
  const known = new Map(functions.map((definition) => [definition.name, definition]));
  try {
    return plain(new Evaluator(tree, dictionary('', contexts), known).evaluate());
  } catch (error) {
    throw new Error(`\${{ ${expression} }}: ${error instanceof Error ? error.message : error}`);
  }
}

function statusFunctions(status: Status) {
  return Object.entries({ ...status, always: true }).map(([name, value]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  }));
}

/** An object whose members are all known. */
class KnownNames extends data.Dictionary {
  readonly #missing: (name: string) => string;

  constructor(missing: (name: string) => string, pairs: { key: string; value: data.ExpressionData }[]) {
    super(...pairs);
    this.#missing = missing;
  }

  override get(name: string): data.ExpressionData {
    const value = super.get(name);
    if (value === undefined) throw new Error(this.#missing(name));
    return value;
  }
}

function dictionary(path: string, members: Readonly<Record<string, unknown>>): data.Dictionary {
  const pairs = Object.entries(members).map(([key, value]) => ({
    key,
    value: dataOf(path === '' ? key : `${path}.${key}`, value),
  }));
  return new KnownNames((name) => `${path} has no ${name}.`, pairs);
}

function dataOf(path: string, value: unknown): data.ExpressionData {
  if (value instanceof Withheld) return new KnownNames(() => `${path}: ${value.why}`, []);
  if (Array.isArray(value)) return new data.Array(...value.map((item, at) => dataOf(`${path}[${at}]`, item)));
  switch (typeof value) {
    case 'string':
      return new data.StringData(value);
    case 'number':
      return new data.NumberData(value);
    case 'boolean':
      return new data.BooleanData(value);
    case 'object':
      return value === null ? new data.Null() : dictionary(path, { ...value });
    default:
      throw new Error(`${path} cannot be a ${typeof value}.`);
  }
}

function plain(value: data.ExpressionData): unknown {
  return JSON.parse(JSON.stringify(value, data.replacer)) as unknown;
}
