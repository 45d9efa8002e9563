/**
 * What no scope looks like, in words; undefined when nothing is wrong. People paste lists from JSON, YAML, URLs and other
 * programs: {@link respelled} is what they may have meant.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-3.3
 */
export function misspelling(scopes: readonly string[]): string | undefined {
  if (scopes.some((scope) => scope.includes(';'))) return 'holds ";"; separate scopes with spaces or commas';
  if (!scopes.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)))
    return 'holds a character that no scope may have (RFC 6749 section 3.3)';
  if (scopes.some((scope) => isOfAnotherNotation(scope) || isJoined(scope)))
    return 'is not a plain list of scopes; separate scopes with spaces or commas';
  return scopes.some((scope) => withRightSlashes(scope) !== scope)
    ? 'has too many slashes, or too few'
    : undefined;
}

const brackets = ['()', '[]', '{}', '<>'].map(([opening = '', closing = '']) => [opening, closing] as const);

/** Quotation marks and brackets around it, what a URL encodes, or the bullet of a list. */
function isOfAnotherNotation(scope: string): boolean {
  const closes = brackets.some(([opening, closing]) => scope.endsWith(closing) && !scope.includes(opening));
  return closes || /^['`([{<]|['`]$|%[0-9a-f]{2}/i.test(scope) || !/[a-z0-9]/i.test(scope);
}

/** Several scopes with a sign between them that may be a part of one, but hardly is. */
function isJoined(scope: string): boolean {
  return joined(scope).length > 1;
}

function joined(text: string): readonly string[] {
  const pieces = text.split(/[+|&]/).filter((piece) => piece !== '');
  const areScopes = pieces.every((piece) =>
    /^[a-z][a-z0-9+.-]*:\/\/.|^[a-z0-9_-]+\.[a-z]|^(?:openid|profile|email|offline_access)$/i.test(piece),
  );
  return areScopes && pieces.length > 1 ? pieces : [text];
}

/** The scopes that a misspelled list may stand for; undefined where it cannot be told. They may be wrong in another way. */
export function respelled(scopes: readonly string[]): string | undefined {
  const words = decoded(scopes.join(' '))
    .split(/[\s,;'"`()[\]{}<>\p{Cf}\p{Pi}\p{Pf}]+/u)
    .flatMap(joined)
    .map(withRightSlashes)
    .filter((word) => /[a-z0-9]/i.test(word));
  const right = [...new Set(words)].join(' ');
  const isRight = words.every((word) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(word));
  return isRight && right !== '' && right !== scopes.join(' ') ? right : undefined;
}

/** Without what a URL or a string of a program encodes; a backslash is a slash where a URL was meant. */
function decoded(text: string): string {
  return text
    .replace(/%([2-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/%0[9ad]/gi, ' ')
    .replace(/:\\\S+/g, (address) => address.replaceAll('\\', '/'))
    .replace(/\\[nrt]/g, ' ');
}

/** `//` behind the scheme, and none in front; a resource may end with one slash of its own before the permission. */
function withRightSlashes(scope: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:(?=\/)/i.exec(scope)?.[0] ?? '';
  const segments = scope.slice(scheme.length).split('/');
  const permission = segments.pop() ?? '';
  const resource = segments.filter((segment) => segment !== '');
  const hasOwnSlash = resource.length > 0 && segments.at(-1) === '' && segments.at(-2) !== '';
  const path = [...resource, ...(hasOwnSlash ? [''] : []), permission].join('/');
  return scheme ? `${scheme}//${path}` : path;
}
