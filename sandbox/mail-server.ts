/**
 * A mail server for submission (RFC 6409) that takes SASL XOAUTH2 and nothing else, as Exchange Online does: a token for
 * Outlook, with `SMTP.Send`, of a person who may use the mailbox.
 */
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { Sandbox } from './sandbox.ts';

export const outlook = 'https://outlook.office.com';

/** A message that was taken. */
export interface Delivery {
  /** Who sent it, as the mail server knows: the mailbox that was logged in to. */
  readonly mailbox: string;
  readonly message: string;
}

export interface MailServer extends AsyncDisposable {
  /** On 127.0.0.1. */
  readonly port: number;
  readonly deliveries: readonly Delivery[];
}

/**
 * @param shared mailboxes beside people's own, each with the usernames of those who may use it.
 * @param encryption from the start, or after STARTTLS; before that nobody can log in.
 */
export async function startMailServer(
  sandbox: Sandbox,
  shared: Readonly<Record<string, readonly string[]>> = {},
  encryption: 'implicit TLS' | 'STARTTLS' = 'implicit TLS',
): Promise<MailServer> {
  const deliveries: Delivery[] = [];
  const mayUse = (username: string, mailbox: string): boolean =>
    username === mailbox || (shared[mailbox]?.includes(username) ?? false);

  const server = new SMTPServer({
    ...(await sandbox.certificateAuthority.issue(['127.0.0.1'])),
    secure: encryption === 'implicit TLS',
    authMethods: ['XOAUTH2'],
    disableReverseLookup: true,
    onAuth({ username: mailbox = '', accessToken = '' }, _session, done) {
      whoseToken(accessToken, sandbox)
        .then((username) => {
          if (username !== undefined && mayUse(username, mailbox)) done(null, { user: mailbox });
          // Source: the page on XOAUTH2 cited in docs; the status travels in base64 JSON, which smtp-server makes.
          else done(null, { data: { status: '401', schemes: 'bearer', scope: `${outlook}/SMTP.Send` } });
        })
        .catch(done);
    },
    onData(stream, { user }, done) {
      text(stream)
        .then((message) => {
          deliveries.push({ mailbox: String(user), message });
          done();
        })
        .catch(done);
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    deliveries,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The username, where the authority says that the token is for mail and may send it. */
async function whoseToken(token: string, { authority, askAuthority }: Sandbox): Promise<string | undefined> {
  if (token === '') return undefined;
  const { body } = await askAuthority(authority.introspectionUrl(outlook), {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token }).toString(),
  });
  const answer = JSON.parse(body) as { active: boolean; username?: string; scope?: string };
  const maySend = answer.scope?.toLowerCase().split(' ').includes('smtp.send');
  return answer.active && maySend ? answer.username : undefined;
}
