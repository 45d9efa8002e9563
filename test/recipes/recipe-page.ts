import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Tokens } from 'marked';
import { alice, multiTenantApp, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { readPage, root } from '../docs/markdown-pages.ts';

const folder = 'docs/recipes';

/** File names of all recipes. */
export function recipePages(): readonly string[] {
  return readdirSync(join(root, folder)).filter((name) => name.endsWith('.md') && name !== 'README.md');
}

/** The workflow of a recipe, as it stands there. @throws Error unless the page has one. */
export function workflowOn(page: string): string {
  const blocks = readPage(`${folder}/${page}`).tokens.filter(
    (token): token is Tokens.Code => token.type === 'code' && (token as Tokens.Code).lang === 'yaml',
  );
  const [workflow] = blocks;
  if (!workflow || blocks.length > 1) throw new Error(`${page} has ${blocks.length} workflows.`);
  return workflow.text;
}

/** What a reader puts in the place of the recipes' invented ids and names. */
const own: readonly (readonly [placeholder: string, value: string])[] = [
  ['11111111-2222-3333-4444-555555555555', multiTenantApp.clientId],
  ['66666666-7777-8888-9999-000000000000', sandboxTenant.id],
  ['reports@contoso.com', alice.username],
];

export function withOwnNames(workflow: string): string {
  return own.reduce((text, [placeholder, value]) => text.replaceAll(placeholder, value), workflow);
}
