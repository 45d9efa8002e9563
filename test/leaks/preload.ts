import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The variable that loads a file of this folder into the action, and into each Node process that it starts. */
export function preload(file: string): { readonly NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, file)).href}` };
}
