import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { authorityHosts } from '../../sandbox/authority/authority.ts';
import { startAuthorityWithClient } from '../../sandbox/authority/entra-client.ts';

// Plain tls, by each name in turn; prints "ok" or the code of what is wrong with the certificate.
const program = `
  import { connect } from 'node:tls';
  for (const servername of process.argv.slice(2)) await new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port: Number(process.argv[1]), servername });
    socket.on('secureConnect', () => { console.log('ok'); socket.end(); done(); });
    socket.on('error', (error) => { console.log(error.code); done(); });
  });
`;

test('Node trusts the authority by every name, where the root is given to it, and nowhere else', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, certificateAuthority } = sandbox;
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-root-'));
  const file = join(folder, 'root.pem');
  await writeFile(file, certificateAuthority.certificatePem);
  try {
    const trusting = await run(authority.port, [...authorityHosts, 'stranger.example'], {
      NODE_EXTRA_CA_CERTS: file,
    });
    assert.deepEqual(trusting, [...authorityHosts.map(() => 'ok'), 'ERR_TLS_CERT_ALTNAME_INVALID']);
    assert.deepEqual(await run(authority.port, ['localhost'], {}), ['UNABLE_TO_VERIFY_LEAF_SIGNATURE']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

async function run(
  port: number,
  hosts: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, String(port), ...hosts], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return (await text(child.stdout)).trim().split('\n');
}
