import { plainText } from '../plain-text.ts';

/** Text for a paragraph or a table cell of the job summary: nothing in it is taken for Markdown, HTML, a link or a mention. */
export function markdownText(text: string): string {
  return plainText(text).replace(
    /[^\p{L}\p{N} ,.]|\.(?=\S)/gu,
    (character) => `&#${character.codePointAt(0)};`,
  );
}

/** Text in code style. A back-tick would end it. */
export function markdownCode(text: string): string {
  return `\`${plainText(text).replaceAll('`', "'")}\``;
}

/** A web address as a link to itself; the URL parser has encoded what could end it. */
export function markdownLink(url: string): string {
  return `<${new URL(url).href.replace(/[<>\s`]/g, encodeURIComponent)}>`;
}
