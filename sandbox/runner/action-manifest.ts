/** Reads `action.yml`: what the runner needs to know of an action before it starts it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface ActionManifest {
  readonly name: string;
  /** Absolute path of the script. */
  readonly main: string;
  /** Declared inputs in their order, with the default where there is one. */
  readonly inputs: ReadonlyMap<
    string,
    { readonly default: string | undefined; readonly deprecated: string | undefined }
  >;
  /** Names of the declared outputs. */
  readonly outputs: readonly string[];
}

export async function readActionManifest(directory: string): Promise<ActionManifest> {
  const manifest = record(parse(await readFile(join(directory, 'action.yml'), 'utf8')));
  const runs = record(manifest['runs']);
  const { main, using } = runs;
  if (typeof main !== 'string' || typeof using !== 'string' || !using.startsWith('node')) {
    throw new Error(`${join(directory, 'action.yml')} is not that of a JavaScript action.`);
  }
  const inputs = Object.entries(record(manifest['inputs'])).map(([name, value]) => {
    const input = record(value);
    return [
      name,
      { default: text(input['default']), deprecated: text(input['deprecationMessage']) },
    ] as const;
  });
  return {
    name: text(manifest['name']) ?? '',
    main: join(directory, main),
    inputs: new Map(inputs),
    outputs: Object.keys(record(manifest['outputs'])),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A scalar as the runner reads it, which knows only text: `true` and `5` need no quotes in `action.yml`. */
function text(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
