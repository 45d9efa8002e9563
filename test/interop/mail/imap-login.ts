import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { connect } from 'node:tls';
import type { Dovecot } from './dovecot.ts';

/** Sends the output as it is, as curl or a shell script would; the server's answer to it, "OK" or "NO" first. */
export async function authenticate({ port }: Dovecot, ca: string, xoauth2: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, ca });
  await once(socket, 'secureConnect');
  const lines = createInterface({ input: socket });
  socket.write(`a AUTHENTICATE XOAUTH2 ${xoauth2}\r\n`);
  try {
    for await (const line of lines) {
      // A refusal comes as a challenge with the reason, which the client answers with an empty line.
      if (line.startsWith('+')) socket.write('\r\n');
      if (line.startsWith('a ')) return line.slice(2);
    }
    throw new Error('The server ended the connection.');
  } finally {
    socket.destroy();
  }
}
