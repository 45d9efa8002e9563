import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Sandbox } from '../../../sandbox/sandbox.ts';

/** Dovecot (2.3, as Debian packages it), an IMAP server that knows people by what the sandbox says of their tokens. */
export interface Dovecot extends AsyncDisposable {
  /** IMAP over TLS, on 127.0.0.1. */
  readonly port: number;
}

const program = '/usr/sbin/dovecot';
const howToInstall = 'apt-get update && apt-get install -y --no-install-recommends dovecot-imapd';

/** @throws where it is not installed, or does not start. */
export async function startDovecot(sandbox: Sandbox, resource: string): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'dovecot-'));
  // Its own users, which have no more rights than others, must come to what is in it.
  await chmod(folder, 0o755);
  const port = await freePort();
  await configure(folder, port, sandbox, resource);
  const server = spawn(program, ['-F', '-c', join(folder, 'dovecot.conf')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    if (server.pid !== undefined && server.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await started(server, port);
  } catch (error) {
    const log = await readFile(join(folder, 'log'), 'utf8').catch(() => '');
    await stop();
    throw new Error(`Dovecot does not run. ${error instanceof Error ? error.message : ''}\n${log}`);
  }
  return { port, [Symbol.asyncDispose]: stop };
}

/** @see https://doc.dovecot.org/2.3/configuration_manual/authentication/oauth2/ */
async function configure(folder: string, port: number, sandbox: Sandbox, resource: string): Promise<void> {
  const { key, cert } = await sandbox.certificateAuthority.issue(['127.0.0.1']);
  const mail = join(folder, 'mail');
  await mkdir(mail);
  await chmod(mail, 0o777);
  await writeFile(join(folder, 'key.pem'), key, { mode: 0o600 });
  await writeFile(join(folder, 'cert.pem'), cert);
  // The sandbox's own folder is closed to Dovecot's users.
  await writeFile(join(folder, 'ca.pem'), await readFile(sandbox.caFile));
  await writeFile(
    join(folder, 'oauth2.conf'),
    `introspection_mode = post
introspection_url = ${sandbox.authority.introspectionUrl(resource).href}
tls_ca_cert_file = ${folder}/ca.pem
active_attribute = active
active_value = true
username_attribute = username
scope = IMAP.AccessAsUser.All
`,
  );
  await writeFile(
    join(folder, 'dovecot.conf'),
    `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
listen = 127.0.0.1
protocols = imap
ssl = required
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
auth_mechanisms = xoauth2 oauthbearer
auth_failure_delay = 0
mail_location = maildir:${mail}/%u
${usersOf(mail)}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.conf
}
service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${port}
    ssl = yes
  }
}
`,
  );
}

/** Root leaves its rights to users of Dovecot's own; anybody else must be told to stay who they are, and where. */
function usersOf(mail: string): string {
  const { uid, gid, username } = userInfo();
  const owner = uid === 0 ? 'uid=mail gid=mail' : `uid=${uid} gid=${gid}`;
  const everywhere = `first_valid_uid = 1
userdb {
  driver = static
  args = ${owner} home=${mail}/%u
}`;
  if (uid === 0) return everywhere;
  return `${everywhere}
default_internal_user = ${username}
default_internal_group = ${execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()}
default_login_user = ${username}
service anvil {
  chroot =
}
service imap-login {
  chroot =
}
service stats {
  chroot =
}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until it takes connections. */
async function started(server: ChildProcess, port: number): Promise<void> {
  const ended = new Promise<never>((_, reject) => {
    server.once('error', () => reject(new Error(`It is not installed: ${howToInstall}`)));
    server.once('exit', (code) => reject(new Error(`It ended with ${code}.`)));
  });
  ended.catch(() => undefined);
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await Promise.race([takesConnections(port), ended])) return;
    await Promise.race([wait(100), ended]);
  }
  throw new Error('It takes no connections.');
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
