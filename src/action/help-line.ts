import type { ErrorCode } from '../failure.ts';
import { longestLine, type PlainText, plain, plainText } from '../text/plain-text.ts';

const page = plain`docs/troubleshooting.md`;

// The name is checked because inside a composite action the variables may be those of another action.
const repository = /^[a-z\d](?:-?[a-z\d]){0,38}\/entra-user-token$/i;
const ref = /^(?!.*(?:\.\.|\/\/|\/$))[\w.][\w./+-]{0,199}$/;

/**
 * Where the troubleshooting page explains a word of `error-code`: a link to the version of this action that is in use,
 * where GitHub names it and has it; elsewhere the name of the page.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export function helpLine(code: ErrorCode, env: NodeJS.ProcessEnv): PlainText {
  const word = plainText(code);
  const action = env['GITHUB_ACTION_REPOSITORY'] ?? '';
  const version = env['GITHUB_ACTION_REF'] ?? '';
  const isOnGitHub = env['GITHUB_SERVER_URL'] === 'https://github.com';
  if (!isOnGitHub || !repository.test(action) || !ref.test(version)) return plain`Help: ${page}, ${word}`;
  const place = plainText(`https://github.com/${action}/blob/${version}`, longestLine);
  return plain`Help: ${place}/${page}#${word}`;
}
