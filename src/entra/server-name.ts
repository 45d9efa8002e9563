import { capitalized, type PlainText, plain, plainText } from '../text/plain-text.ts';
import { isEntraHost } from './authority.ts';

/** True when the URL is of one of Microsoft Entra's own clouds, and not of AD FS, External ID or another authority. */
export function isEntra(url: string): boolean {
  return isEntraHost(new URL(url).host);
}

// A name in DNS has 253 characters at most.
const longestHost = 300;

/** What a message calls the server of a URL, within a sentence: "Microsoft Entra", or "the authority HOST". */
export function serverName(url: string): PlainText {
  return isEntra(url)
    ? plain`Microsoft Entra`
    : plain`the authority ${plainText(new URL(url).host, longestHost)}`;
}

/** The same at the start of a sentence. */
export function serverNameFirst(url: string): PlainText {
  return capitalized(serverName(url));
}
