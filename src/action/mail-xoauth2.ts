import type { Authority } from '../entra/authority.ts';
import { isOutlook } from '../entra/scopes.ts';
import { lengthLimits } from '../length-limits.ts';
import { plain, plainText } from '../text/plain-text.ts';
import type { AccessTokens } from '../token/access-tokens.ts';
import type { Log } from './log.ts';

/** RFC 5321 section 4.5.3.1: 64 octets before the `@`, 255 after it. */
const longestAddress = lengthLimits.mailbox;

/** True for what looks like a mail address. Nothing in it can end a field of XOAUTH2: no control character, no space. */
export function isMailAddress(text: string): boolean {
  return text.length <= longestAddress && /^[^\s\p{C}@"<>,;:]+@[^\s\p{C}@"<>,;:]+$/u.test(text);
}

/** The output `xoauth2`; empty, with a warning where somebody may wonder why, when there is none. */
export function createXoauth2(
  { tokens, account }: Pick<AccessTokens, 'tokens' | 'account'>,
  { mailbox, authority }: { readonly mailbox: string; readonly authority: Authority },
  log: Pick<Log, 'warning'>,
): string {
  const token = tokens.find(({ resource }) => isOutlook(resource, authority))?.token;
  if (token === undefined) {
    if (mailbox !== '')
      log.warning(
        plain`xoauth2 is empty although mailbox is set: no scope is for the mail servers (${plainText(authority.outlook[0])}/SMTP.Send, for example).`,
      );
    return '';
  }
  if (mailbox === '' && !isMailAddress(account.username)) {
    log.warning(
      plain`xoauth2 is empty: the user name is not an email address. Set mailbox to the address of the mailbox.`,
    );
    return '';
  }
  return saslXoauth2(mailbox || account.username, token);
}

/**
 * The initial response of SASL XOAUTH2 in base64: `user=`, the mailbox, `^A`, `auth=Bearer `, the token, `^A^A`.
 * @see https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
 */
function saslXoauth2(mailbox: string, token: string): string {
  return Buffer.from(`user=${mailbox}\x01auth=Bearer ${token}\x01\x01`).toString('base64');
}
