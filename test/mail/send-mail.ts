import { createTransport } from 'nodemailer';
import type { MailServer } from '../../sandbox/mail-server.ts';

/** Logs in with the action's output as it is, and sends a message. */
export async function sendMail(server: MailServer, ca: string, xoauth2: string): Promise<void> {
  const transport = createTransport({
    host: '127.0.0.1',
    port: server.port,
    secure: true,
    tls: { ca },
    auth: { type: 'custom', method: 'XOAUTH2', user: 'said in xoauth2', pass: xoauth2 },
    customAuth: {
      XOAUTH2: async ({ auth, sendCommand }) => {
        const answer = await sendCommand(`AUTH XOAUTH2 ${auth.credentials?.pass}`);
        // A refusal comes as a challenge with the reason, which the client answers with an empty line.
        const { status, text } = answer.status === 334 ? await sendCommand('') : answer;
        if (status !== 235) throw new Error(`refused: ${status} ${text}`);
      },
    },
  });
  try {
    await transport.sendMail({
      from: 'a@sandbox.example',
      to: 'b@sandbox.example',
      subject: 'Nightly report',
    });
  } finally {
    transport.close();
  }
}
