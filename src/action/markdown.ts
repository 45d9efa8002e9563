import { plainText } from '../text/plain-text.ts';
import { inactivityExpiry, inUtc } from '../text/times.ts';

declare const safe: unique symbol;

/** Markdown that this action wrote; anything from elsewhere in it is plain text. Only this file makes it. */
export type Markdown = string & { readonly [safe]: true };

/** Makes Markdown from a template of this action and from values that are Markdown already. */
export function markdown(own: TemplateStringsArray, ...filledIn: readonly (Markdown | number)[]): Markdown {
  return String.raw({ raw: own }, ...filledIn) as Markdown;
}

/** Text for a paragraph or a table cell of the job summary: nothing in it is taken for Markdown, HTML, a link or a mention. */
export function markdownText(text: string): Markdown {
  return plainText(text).replace(
    /[^\p{L}\p{N} ,.]|\.(?=\S)/gu,
    (character) => `&#${character.codePointAt(0)};`,
  ) as Markdown;
}

/** Text in code style. A back-tick would end it. */
export function markdownCode(text: string): Markdown {
  return `\`${plainText(text).replaceAll('`', "'")}\`` as Markdown;
}

/** A web address as a link to itself; the URL parser has encoded what could end it. */
export function markdownLink(url: string): Markdown {
  return `<${new URL(url).href.replace(/[<>\s`]/g, encodeURIComponent)}>` as Markdown;
}

/** As {@link inUtc}: digits, hyphens and a colon between them, which Markdown leaves as they are. */
export function markdownTime(time: number): Markdown {
  return inUtc(time) as string as Markdown;
}

/** As {@link inactivityExpiry}. */
export function markdownInactivityExpiry(usedAt: number): Markdown {
  return inactivityExpiry(usedAt) as string as Markdown;
}
