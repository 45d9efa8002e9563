import { NotAnMsalCache } from '../msal-cache/msal-cache.ts';
import { JsonRefused, parseJson } from '../text/json.ts';
import { decodeUnicode } from '../text/unicode.ts';

// A cache whose base64 was JSON-stringified has two.
const mostWrappings = 4;

/**
 * Takes off what a cache was wrapped in on its way into a secret: white space, base64 (of UTF-8 or UTF-16, with or
 * without a byte order mark), and quotes, where it was JSON-stringified once more.
 * @returns JSON, or a sealed text
 * @throws {NotAnMsalCache}
 */
export function unwrap(text: string): string {
  let inner = withoutZeros(text).trim();
  for (let wrapping = 0; wrapping < mostWrappings; wrapping++) {
    const isQuoted = inner.startsWith('"');
    // A sealed text has dots, and base64 has none.
    if (!isQuoted && (inner === '' || /^[{[]|\./.test(inner))) return inner;
    inner = (isQuoted ? fromJsonText(inner) : fromBase64(inner)).trim();
  }
  throw new NotAnMsalCache('it is neither JSON nor base64');
}

/** The bytes in base64 or base64url, in however many lines; undefined when it is neither. */
export function bytesInBase64(text: string): Buffer | undefined {
  const base64 = text.replace(/\s+/g, '');
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : undefined;
}

function fromBase64(text: string): string {
  const bytes = bytesInBase64(text);
  // A single character decodes to nothing: it is not base64, and not an empty cache.
  if (!bytes || bytes.length === 0) throw new NotAnMsalCache('it is neither JSON nor base64');
  return decodeUnicode(bytes);
}

function fromJsonText(text: string): string {
  try {
    const value = parseJson(text);
    if (typeof value === 'string') return value;
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
    if (error.isTooMuch) throw new NotAnMsalCache(`it ${error.message}`);
  }
  throw new NotAnMsalCache('it is neither JSON nor base64');
}

/** UTF-16 that was read as UTF-8: each second character is a zero, and the byte order mark has become something else. */
function withoutZeros(text: string): string {
  return text.includes('\0') ? text.replace(/^[\uFFFD\uFEFF\u00FE\u00FF]+/, '').replaceAll('\0', '') : text;
}
