import { isEntraHost } from './authority.ts';

/** True when the URL is of one of Microsoft Entra's own clouds, and not of AD FS, External ID or another authority. */
export function isEntra(url: string): boolean {
  return isEntraHost(new URL(url).host);
}

/** What a message calls the server of a URL, within a sentence: "Microsoft Entra", or "the authority HOST". */
export function serverName(url: string): string {
  return isEntra(url) ? 'Microsoft Entra' : `the authority ${new URL(url).host}`;
}

/** The same at the start of a sentence. */
export function serverNameFirst(url: string): string {
  const name = serverName(url);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
