import { isJsonObject, JsonRefused, parseJson, parseJsonObject } from '../text/json.ts';
import { decodeUnicode } from '../text/unicode.ts';
import { looksPending } from './pending-sign-in.ts';
import { bytesInBase64 } from './wrapped-cache.ts';

interface Kind {
  /** Follows "token-cache" or "it". */
  readonly problem: string;
  isIt(readGiven: Given): boolean;
}

/** One text, seen in each of the ways in which a kind may be known. */
interface Given {
  readonly text: string;
  /** What it is the base64 or hexadecimal form of. */
  readonly bytes: Buffer | undefined;
  /** True for what a text is the base64 of. */
  readonly isDecoded: boolean;
  /** What it is the JSON of. */
  readonly value: unknown;
}

const has = (value: unknown, ...names: readonly string[]): boolean =>
  isJsonObject(value) && names.every((name) => name in value);
const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);

// @see https://learn.microsoft.com/windows/win32/api/dpapi/nf-dpapi-cryptprotectdata: version 1, and its provider's GUID
const dpapi = Buffer.from('01000000d08c9ddf0115d1118c7a00c04fc297eb', 'hex');

/** What people store instead of a cache, the most certain first. */
const kinds: readonly Kind[] = [
  {
    problem: 'is a pending sign-in, not a cache; pass it as pending-sign-in',
    isIt: ({ text }) => looksPending(text),
  },
  {
    problem:
      'is encrypted by Windows (DPAPI) for one user on one machine, and cannot be opened anywhere else',
    // An environment variable ends at the first zero.
    isIt: ({ text, bytes }) =>
      bytes?.subarray(0, dpapi.length).equals(dpapi) || text === '\u0001' || text.startsWith('\u0001\0\0\0'),
  },
  {
    problem: 'is a token cache of ADAL, the library before MSAL, not an MSAL cache',
    isIt: ({ value, bytes }) =>
      ['_authority', '_clientId', 'tokenType'].some((name) => has(firstOf(value), name)) ||
      // ADAL .NET writes the version of its format, then keys with such separators.
      (bytes !== undefined && bytes.length > 4 && bytes.readUInt32LE() <= 4 && bytes.includes(':::')),
  },
  {
    problem:
      'is a profile of the Azure CLI (azureProfile.json), which lists subscriptions and holds no token',
    isIt: ({ value }) =>
      has(value, 'installationId') || (isJsonObject(value) && Array.isArray(value['subscriptions'])),
  },
  {
    problem: 'is a context of Azure PowerShell (AzureRmContext.json), not an MSAL cache',
    isIt: ({ value }) => has(value, 'Contexts') || has(value, 'DefaultContextKey'),
  },
  {
    problem: 'holds the credential of an application (a service principal), which cannot act as a person',
    isIt: ({ value }) =>
      [value, firstOf(value)].some((object) =>
        ['clientSecret', 'client_secret', 'servicePrincipalId', 'appId'].some((name) => has(object, name)),
      ),
  },
  {
    problem: 'is the response of a token endpoint, not an MSAL cache',
    isIt: ({ value }) =>
      ['access_token', 'refresh_token', 'accessToken', 'refreshToken'].some((name) => has(value, name)),
  },
  {
    problem: 'is the storage of MSAL in a browser, which has another format',
    isIt: ({ value }) =>
      isJsonObject(value) && Object.keys(value).some((name) => /^msal\.|-accesstoken-/.test(name)),
  },
  {
    problem: 'is a JWT (an access token or an ID token), not an MSAL cache',
    isIt: ({ text }) => /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(text),
  },
  {
    problem: 'is an encrypted token (JWE) that this action did not seal',
    isIt: ({ text }) => /^eyJ[\w-]*(?:\.[\w-]*){4}$/.test(text),
  },
  {
    problem: 'is a refresh token without the account that it belongs to, not an MSAL cache',
    isIt: ({ text }) => /^(?:[01]\.A[\w-]{20}|O?AQABAAA[\w-]{20}|M\.[A-Z]\d+_[A-Z])\S*$/.test(text),
  },
  {
    problem: 'is an access token of a personal account, not an MSAL cache',
    isIt: ({ text }) => /^Ew[A-D][\w+/-]{60,}=*$/.test(text),
  },
  {
    problem: 'is HTML or XML, not an MSAL cache',
    isIt: ({ text, bytes }) => text.startsWith('<') || bytes?.[0] === 0x3c,
  },
  {
    problem: 'is a key or a certificate (PEM), not an MSAL cache',
    isIt: ({ text }) => text.startsWith('-----BEGIN '),
  },
  {
    problem: 'is compressed (gzip or zip)',
    isIt: ({ bytes }) => bytes?.[0] === 0x1f || bytes?.subarray(0, 2).toString() === 'PK',
  },
  {
    problem: 'is the name of a file, and not what the file holds',
    isIt: ({ text }) => /^[^{}[\]"\n]{0,250}\.(?:json|bin|bin3|dat|cache|txt)$/i.test(text),
  },
  {
    problem: 'is an expression or a variable that was not replaced with its value',
    isIt: ({ text }) => /^(?:\$\{\{.*\}\}|\$\{?(?:env:)?\w+\}?|%\w+%)$/.test(text),
  },
  {
    problem: 'is not an MSAL cache: it is a single word or a number',
    isIt: ({ text }) => isWord(text),
  },
  {
    problem: 'is what a log shows in place of a secret (***)',
    isIt: ({ text }) => /^\*+$/.test(text),
  },
  {
    problem: 'is what is left of an object that was converted to text; convert it to JSON',
    isIt: ({ text }) => /^(?:\[object \w+\]|System\.[\w.[\]]+|@\{.*\}|<[\w.]+ object at .*>)$/s.test(text),
  },
  {
    problem:
      'begins like UTF-16 text, which cannot pass through an environment variable; save it as UTF-8, or give its base64',
    // Base64 of anything but text looks like it, once decoded.
    isIt: ({ text, isDecoded }) => !isDecoded && /^(?:\uFFFD\uFFFD|\u00FF\u00FE|\u00FE\u00FF)/.test(text),
  },
];

const longestWord = 40;

/**
 * True for what people set for "nothing here" or to try a workflow: `null`, `none`, `test`, `-`, `0`. Such a text may be
 * valid base64; but of no cache, whose JSON is never so short, except an empty one's.
 */
function isWord(text: string): boolean {
  const word = text.trim().replace(/^"(.*)"$/, '$1');
  if (word.length > longestWord || !/^[\w-]+$/.test(word)) return false;
  return !/^[[{]/.test(decodeUnicode(Buffer.from(word, 'base64')).trim());
}

/**
 * What a text is that is no cache, for a person. The text is never quoted.
 * @returns words that follow "token-cache" or "it"; undefined when it cannot be told
 */
export function recognize(text: string): string | undefined {
  return readings(text)
    .flatMap((readGiven) => kinds.find((kind) => kind.isIt(readGiven)) ?? [])
    .at(0)?.problem;
}

// It may be wrapped as a cache may be: in quotes, or in base64.
function readings(text: string): readonly Given[] {
  const outer = readGiven(text);
  if (typeof outer.value === 'string') return [outer, readGiven(outer.value)];
  return outer.bytes ? [outer, readGiven(decodeUnicode(outer.bytes), true)] : [outer];
}

function readGiven(text: string, isDecoded = false): Given {
  const trimmed = text.trim();
  return { text: trimmed, isDecoded, bytes: bytesOf(trimmed), value: parsed(trimmed) };
}

function bytesOf(text: string): Buffer | undefined {
  return /^(?:[0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : bytesInBase64(text);
}

function parsed(text: string): unknown {
  if (text.startsWith('{')) return parseJsonObject(text);
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonRefused) return undefined;
    throw error;
  }
}
