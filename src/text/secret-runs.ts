import { emptyText, type PlainText, plainText } from './plain-text.ts';

// Fewer characters of a secret are of no use, and occur by chance.
const shortestRun = 8;

/**
 * What a server says may hold a secret that it was sent, or a part of one: an error page that quotes the request, cut to
 * its length. A mask hides whole secrets only, so runs of them are looked for here, in every common spelling, also broken
 * over lines or in the other case.
 */
export class SecretRuns {
  /** For each fold all spellings of all secrets, one behind the other. */
  readonly #spellings: readonly string[];
  #runs: readonly ReadonlySet<string>[] | undefined;

  constructor(secrets: Iterable<string>) {
    const spellings = [...secrets].flatMap((secret) => spellingsOf(secret.slice(0, longestSecret)));
    this.#spellings = folds.map((fold) => spellings.map(fold).join(separator));
  }

  /** The text with `***` in place of each run of eight or more characters of a secret. */
  hide(text: string): string {
    if (text.length < shortestRun) return text;
    const hidden = new Uint8Array(text.length);
    for (const reading of readingsOf(text)) {
      const texts = folds.map((fold) => folded(reading, fold));
      for (const [index, spelled] of texts.entries()) {
        // What the next fold leaves whole it finds, too.
        if (texts[index + 1]?.text.length !== spelled.text.length) this.#mark(spelled, index, hidden);
      }
    }
    return withStars(text, hidden);
  }

  /** The same of a text made harmless, as {@link plainText} does: what that takes away may have split a run. */
  harmless(text: unknown, maximumLength?: number): PlainText {
    if (typeof text !== 'string') return emptyText;
    // No more than this is ever shown of a text, so no more is looked at.
    const first = this.hide(text.slice(0, longestText));
    const line = plainText(first, longestText);
    return plainText(line === first ? line : this.hide(line), maximumLength);
  }

  #mark({ text, from, to }: Spelled, fold: number, hidden: Uint8Array): void {
    const isRun = this.#search(fold, text.length);
    for (let end = shortestRun; end <= text.length; end++) {
      if (isRun(text.slice(end - shortestRun, end))) hidden.fill(1, from[end - shortestRun], to[end - 1]);
    }
  }

  /** A name is looked up as it is; an index of all runs, which takes some milliseconds, is for longer texts. */
  #search(fold: number, length: number): (run: string) => boolean {
    const spellings = this.#spellings[fold] ?? '';
    if (length <= longestName) return (run) => spellings.includes(run);
    this.#runs ??= this.#spellings.map((text) => new Set(runsIn(text)));
    return (run) => this.#runs?.[fold]?.has(run) === true;
  }
}

const longestName = 256;
// Entra's have a tenth of this. A server could send a megabyte.
const longestSecret = 16_384;
const separator = '\0';

const longestText = 16_384;

/** Text, and for each of its UTF-16 units the part of the original text that it stands for. */
interface Spelled {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

// What a run may be broken by: nothing, what is unseen, or anything that is neither letter nor digit.
const folds: readonly ((text: string) => string)[] = [
  (text) => text.toLowerCase(),
  (text) => text.replace(/[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]+/gu, '').toLowerCase(),
  (text) => text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase(),
];

function folded({ text, from, to }: Spelled, fold: (text: string) => string): Spelled {
  const known = new Map<string, string>();
  const kept = { text: '', from: [] as number[], to: [] as number[] };
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    const units = known.get(character) ?? fold(character);
    known.set(character, units);
    kept.text += units;
    for (let unit = 0; unit < units.length; unit++) {
      kept.from.push(from[start] ?? 0);
      kept.to.push(to[end - 1] ?? 0);
    }
    start = end;
  }
  return kept;
}

function runsIn(text: string): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - shortestRun + 1) }, (_, start) =>
    text.slice(start, start + shortestRun),
  );
}

/** A secret as whoever quotes it may write it; escapes are undone in the text instead. */
function spellingsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((shift) => base64Core(bytes, shift));
  return [
    ...new Set([
      secret,
      secret.replaceAll(' ', '+'),
      // As escapes of bytes are undone, one by one.
      bytes.toString('latin1'),
      [...secret].reverse().join(''),
      bytes.toString('hex'),
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
  ];
}

/** The part of the base64 that is the same whatever stands around the bytes. */
function base64Core(bytes: Buffer, shift: number): string {
  const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
  return shifted.toString('base64').slice(Math.ceil((shift * 8) / 6), Math.floor((shifted.length * 8) / 6));
}

// Escapes of JSON and of programs, of URLs, of mail (quoted-printable, with its soft line breaks), of HTML and its tags,
// and the colors of a terminal.
const escapes =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
  /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|([\s\S]))|%u([\da-f]{4})|[%=]([\da-f]{2})|(=\r?\n|<\/?[a-z][^<>]{0,100}>|\u001b\[[\d;]{0,20}[a-z])|&#x([\da-f]{1,6});?|&#(\d{1,7});?|&([a-z]{2,8});/gi;

const escapedLetters = new Map([...'nrtbf'].map((letter) => [letter, ' ']));
// Most of the others are spaces, or stand for nothing (&shy;).
const entities = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));

// No server escapes a text more often than this.
const mostEscapes = 4;

/** The text as it is, and as it reads when its escapes are undone, once and again. */
function readingsOf(text: string): readonly Spelled[] {
  const readings = [asIs(text)];
  for (let reading = asIs(text), round = 1; round <= mostEscapes; round++) {
    const next = unescaped(reading);
    if (next.text === reading.text) break;
    readings.push(next);
    reading = next;
  }
  return readings;
}

function asIs(text: string): Spelled {
  const from = [...text.split('').keys()];
  return { text, from, to: from.map((index) => index + 1) };
}

function unescaped(spelled: Spelled): Spelled {
  const units: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const add = (text: string, start: number, end: number): void => {
    for (let index = 0; index < text.length; index++) {
      units.push(text.charAt(index));
      from.push(spelled.from[start] ?? 0);
      to.push(spelled.to[end - 1] ?? 0);
    }
  };
  const addAsIs = (start: number, end: number): void => {
    for (let index = start; index < end; index++) add(spelled.text.charAt(index), index, index + 1);
  };
  let done = 0;
  for (const match of spelled.text.matchAll(escapes)) {
    addAsIs(done, match.index);
    done = match.index + match[0].length;
    add(meaningOf(match), match.index, done);
  }
  addAsIs(done, spelled.text.length);
  return { text: units.join(''), from, to };
}

function meaningOf([
  ,
  braced,
  unit,
  byte,
  letter,
  oldUnit,
  percent,
  nothing,
  hex,
  decimal,
  name,
]: RegExpExecArray): string {
  if (nothing !== undefined) return '';
  if (letter !== undefined) return escapedLetters.get(letter) ?? letter;
  if (name !== undefined) return entities.get(name.toLowerCase()) ?? ' ';
  const digits = braced ?? unit ?? byte ?? oldUnit ?? percent ?? hex;
  const code = digits === undefined ? Number(decimal) : Number.parseInt(digits, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function withStars(text: string, hidden: Uint8Array): string {
  let shown = '';
  for (let start = 0; start < text.length; ) {
    const isHidden = hidden[start] === 1;
    const next = hidden.indexOf(isHidden ? 0 : 1, start);
    const end = next === -1 ? text.length : next;
    shown += isHidden ? '***' : text.slice(start, end);
    start = end;
  }
  return shown;
}
