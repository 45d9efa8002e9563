/** The ways a secret can be written so that whoever finds it has it. */

export interface SecretForm {
  readonly form: string;
  /** What is looked for; in lower case where case does not count. */
  readonly text: string;
  readonly ignoresCase: boolean;
}

const minLength = 8;

/** @throws where the value, or a part of it that is looked for, could turn up by chance. */
export function secretForms(kind: string, value: string): SecretForm[] {
  if (value.length < minLength) {
    throw new Error(
      `The ${kind} to look for has fewer than ${minLength} characters: it would be found by chance.`,
    );
  }
  const forms = new Map<string, SecretForm>();
  const add = (form: string, text: string, ignoresCase = false) => {
    // Forms often coincide, as a token's own text and its URI-encoded one; the first name counts.
    if (!forms.has(text)) forms.set(text, { form, text, ignoresCase });
  };
  add('as is', value);
  add('JSON', JSON.stringify(value).slice(1, -1));
  add('URI-encoded', encodeURIComponent(value.toWellFormed()));
  add('form-encoded', new URLSearchParams({ '': value }).toString().slice(1));
  for (const shift of [0, 1, 2]) {
    const text = base64Core(value, shift);
    add('base64', text);
    add('base64url', text.replaceAll('+', '-').replaceAll('/', '_'));
  }
  add('hex', Buffer.from(value).toString('hex'), true);
  for (const [form, text] of jwtSegments(value)) add(form, text);
  return [...forms.values()];
}

/**
 * The part of a value's base64 that is the same whatever stands before and after it.
 *
 * @param shift how many bytes precede it in its group of three.
 */
function base64Core(value: string, shift: number): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]);
  const wholeCharacters = Math.floor((bytes.length * 8) / 6);
  const mixedCharacters = Math.ceil((shift * 8) / 6);
  return bytes.toString('base64').slice(mixedCharacters, wholeCharacters);
}

/** A payload alone says who and what; with a signature alone the rest can be rebuilt. The header is no secret. */
function jwtSegments(value: string): [form: string, text: string][] {
  const [, payload, signature] = /^eyJ[\w-]+\.([\w-]+)\.([\w-]+)$/.exec(value) ?? [];
  if (payload === undefined || signature === undefined) return [];
  const segments: [string, string][] = [
    ['JWT payload', payload],
    ['JWT signature', signature],
    ['JWT payload decoded', Buffer.from(payload, 'base64url').toString()],
  ];
  return segments.filter(([, text]) => text.length >= minLength);
}
