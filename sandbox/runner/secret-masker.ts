/**
 * Hides secrets in what a person sees, as the runner does: each value and a few encodings of it become `***`.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/DTLogging/Logging/SecretMasker.cs
 * @see https://github.com/actions/runner/blob/main/src/Sdk/DTLogging/Logging/ValueEncoders.cs
 */
type Encoder = (value: string) => string;

const encoders: readonly Encoder[] = [
  (value) => base64(value, 0),
  (value) => base64(value, 1),
  (value) => base64(value, 2),
  // Command line, expression, JSON, URI, XML.
  (value) => value.replaceAll('"', '\\"'),
  (value) => value.replaceAll("'", "''"),
  (value) => JSON.stringify(value).slice(1, -1),
  escapeUriData,
  escapeXml,
  withoutDoubleQuotes,
  beforePowerShellAmpersand,
  afterPowerShellAmpersand,
];

export class SecretMasker {
  readonly #values = new Set<string>();
  readonly #hidden = new Set<string>();

  /** The values as they were added, without their encodings. */
  get values(): readonly string[] {
    return [...this.#values];
  }

  /** Hides a value from now on. There is no least length: a mask of one letter hides that letter everywhere. */
  add(value: string): void {
    if (value === '' || this.#values.has(value)) return;
    this.#values.add(value);
    for (const form of [value, ...encoders.map((encode) => encode(value))]) {
      if (form !== '') this.#hidden.add(form);
    }
  }

  /** Hides a value and each of its lines: how secrets of the repository and `add-mask` are taken. */
  addWithLines(value: string): void {
    this.add(value);
    for (const line of value.split(/[\r\n]/)) this.add(line.trim());
  }

  mask(text: string): string {
    const ranges = [...this.#hidden].flatMap((hidden) => positions(text, hidden));
    if (ranges.length === 0) return text;
    ranges.sort((a, b) => a.start - b.start);
    let masked = '';
    let end = 0;
    let isFirst = true;
    for (const range of ranges) {
      // Hidden parts that overlap or touch become one.
      if (isFirst || range.start > end) masked += `${text.slice(end, range.start)}***`;
      end = Math.max(end, range.end);
      isFirst = false;
    }
    return masked + text.slice(end);
  }
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function positions(text: string, part: string): Range[] {
  const found: Range[] = [];
  for (let start = text.indexOf(part); start >= 0; start = text.indexOf(part, start + 1)) {
    found.push({ start, end: start + part.length });
  }
  return found;
}

/** Of the bytes from `shift` on, so that the value is known where other text precedes it. */
function base64(value: string, shift: number): string {
  const bytes = Buffer.from(value);
  return bytes.subarray(bytes.length > shift ? shift : 0).toString('base64');
}

function escapeUriData(value: string): string {
  // .NET also escapes what JavaScript leaves of RFC 3986's reserved characters.
  return encodeURIComponent(value.toWellFormed()).replace(/[!'()*]/g, (sign) => {
    return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

function escapeXml(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

function withoutDoubleQuotes(value: string): string {
  return value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : '';
}

// PowerShell colours parts of a command it rejects, and so cuts a secret at its ampersands.
function beforePowerShellAmpersand(value: string): string {
  const plus = value.indexOf('&+');
  const section = plus >= 0 ? value.slice(0, plus + 2) : value.slice(0, value.lastIndexOf('&') + 1);
  return section.length >= 6 ? section : '';
}

function afterPowerShellAmpersand(value: string): string {
  if (!value.includes('&')) return '';
  const plus = value.indexOf('&+');
  const section = plus >= 0 ? value.slice(plus + 3) : value.slice(value.lastIndexOf('&') + 1);
  return section.length >= 6 ? section : '';
}
