/**
 * Looks for secrets where none may be: in everything a run of an action shows, writes or leaves behind.
 *
 * What is found is told by kind, form and place only, so that the report of a leak is not the next one.
 */
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { secretForms } from './leaks/secret-forms.ts';
import type { ActionRun } from './runner/action-run.ts';

export interface Secret {
  /** What it is, such as `refresh token`. */
  readonly kind: string;
  /** At least 8 characters. */
  readonly value: string;
}

export interface Leak {
  readonly kind: string;
  /** How it is written there: `as is`, `base64`, `hex`, `JWT signature` … */
  readonly form: string;
  /** Where, such as `log`, `output user-code`, `left in runnerTemp: a/b`. */
  readonly place: string;
}

/** A text, or bytes that may be compressed. */
export interface Place {
  readonly place: string;
  readonly content: string | Buffer;
}

/**
 * Looks for secrets in a run.
 *
 * @param options `secretOutputs`: names of the outputs that are there to hand over secrets.
 * @throws where a secret is so short that it would be found by chance.
 */
export function findLeaks(
  secrets: readonly Secret[],
  run: ActionRun,
  { secretOutputs = [] }: { readonly secretOutputs?: readonly string[] } = {},
): Leak[] {
  return findLeaksIn(secrets, [...placesOf(run, secretOutputs)]);
}

/** Looks for secrets in whatever else there is: entries of the cache service, requests, files. */
export function findLeaksIn(secrets: readonly Secret[], places: readonly Place[]): Leak[] {
  const searched = secrets.map(({ kind, value }) => ({ kind, forms: secretForms(kind, value) }));
  const leaks: Leak[] = [];
  for (const { place, content } of places) {
    const text = readable(content);
    const lowerCase = text.toLowerCase();
    for (const { kind, forms } of searched) {
      for (const { form, text: needle, ignoresCase } of forms) {
        const isThere = ignoresCase ? lowerCase.includes(needle) : text.includes(needle);
        if (isThere) leaks.push({ kind, form, place });
      }
    }
  }
  return distinct(leaks);
}

function* placesOf(run: ActionRun, secretOutputs: readonly string[]): Generator<Place> {
  yield { place: 'log', content: run.log.join('\n') };
  yield { place: 'summary', content: run.summary };
  // Before masks: a mask that a later change forgets must not be all that hides a secret in a file or a stream.
  yield { place: 'summary before masks', content: run.summaryRaw };
  yield { place: 'standard output', content: withoutMaskCommands(run.raw.stdout) };
  yield { place: 'standard error', content: run.raw.stderr };
  for (const { kind, message, properties } of run.annotations) {
    yield { place: `${kind} annotation`, content: [message, ...Object.values(properties)].join('\n') };
  }
  for (const [name, value] of Object.entries(run.outputs)) {
    if (!secretOutputs.includes(name)) yield { place: `output ${name}`, content: value };
  }
  yield* entriesOf('state', run.state);
  yield* entriesOf('environment', run.env);
  yield { place: 'path', content: run.path.join('\n') };
  for (const { folder, path, content } of run.leftovers) {
    yield { place: `name left in ${folder}`, content: path };
    yield { place: `left in ${folder}: ${path}`, content };
  }
}

function* entriesOf(what: string, values: Readonly<Record<string, string>>): Generator<Place> {
  for (const [name, value] of Object.entries(values)) yield { place: `${what} ${name}`, content: value };
}

/** The one way a secret may go through standard output. */
function withoutMaskCommands(stdout: string): string {
  return stdout
    .split(/\r\n|\r|\n/)
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n');
}

/** Bytes as text, and what they decompress to: an archive hides what it holds. */
function readable(content: string | Buffer): string {
  if (typeof content === 'string') return content;
  return [content, ...decompressed(content)].map((bytes) => bytes.toString()).join('\n');
}

function decompressed(bytes: Buffer): Buffer[] {
  try {
    if (bytes.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) return [gunzipSync(bytes)];
    if (bytes.subarray(0, 4).equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd])))
      return [zstdDecompressSync(bytes)];
  } catch {
    // It only begins like an archive, or is a torn one.
  }
  return [];
}

function distinct(leaks: readonly Leak[]): Leak[] {
  return [...new Map(leaks.map((leak) => [JSON.stringify(leak), leak])).values()];
}
