/**
 * The text in bytes that are JSON or nearly so, in whichever Unicode encoding: PowerShell writes UTF-16, and byte order
 * marks. Without a mark the zero bytes tell, since such a text begins with ASCII.
 * @see https://datatracker.ietf.org/doc/html/rfc4627#section-3
 */
export function decodeUnicode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isBigEndian = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  const isLittleEndian = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const encoding = isBigEndian ? 'utf-16be' : isLittleEndian ? 'utf-16le' : 'utf-8';
  // A byte order mark is left out.
  return new TextDecoder(encoding).decode(bytes);
}
