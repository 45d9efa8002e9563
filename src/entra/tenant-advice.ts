import type { Authority } from './authority.ts';

/** In advice, the settings of the step that have no `tenant-id`, in the order in which they are put in. */
const wordings = [
  { from: /\bset tenant-id to "([a-z]+)"(?! or )/g, fix: 'set authority to "ORIGIN/$1"' },
  { from: /\bset tenant-id to\b/g, fix: 'set the tenant in authority to' },
  { from: /, tenant-id and cloud\b/g, fix: ' and authority' },
  { from: /\btenant-id(?: and cloud)?\b/g, fix: 'authority' },
] as const;

/**
 * Advice in terms of the settings that the step has: it is written for `tenant-id` and `cloud`, which are refused beside
 * `authority`. A tenant that the advice quotes becomes the whole URL.
 */
export function adaptAdvice(advice: string, { isCustom, url }: Pick<Authority, 'isCustom' | 'url'>): string {
  if (!isCustom) return advice;
  const { origin } = new URL(url);
  return wordings.reduce((text, { from, fix }) => text.replace(from, fix.replace('ORIGIN', origin)), advice);
}
