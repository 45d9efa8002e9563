/**
 * A certificate authority that lives as long as the process: nothing of it is ever on disk, so no private key
 * is in the repository and no machine comes to trust it by accident.
 */
// @peculiar/x509 needs the metadata API, and asks that it be loaded first.
import 'reflect-metadata';

import type { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

declare global {
  // The types of @peculiar/x509 name those of Web Crypto as a browser has them, globally; Node has them in a module.
  type Algorithm = webcrypto.Algorithm;
  type AlgorithmIdentifier = webcrypto.AlgorithmIdentifier;
  type BufferSource = webcrypto.BufferSource;
  type Crypto = webcrypto.Crypto;
  type CryptoKey = webcrypto.CryptoKey;
  type CryptoKeyPair = webcrypto.CryptoKeyPair;
  type EcKeyGenParams = webcrypto.EcKeyGenParams;
  type EcKeyImportParams = webcrypto.EcKeyImportParams;
  type EcdsaParams = webcrypto.EcdsaParams;
  type KeyUsage = webcrypto.KeyUsage;
  type RsaHashedImportParams = webcrypto.RsaHashedImportParams;
}

export interface CertificateAuthority {
  /** The root, as `NODE_EXTRA_CA_CERTS` wants it in a file. */
  readonly certificatePem: string;
  /** A server certificate for these DNS names and IP addresses, and its key (both PEM; the key in PKCS #8). */
  issue(hosts: readonly string[]): Promise<{ readonly key: string; readonly cert: string }>;
}

// P-256, since an RSA key would take longer to make than everything else here together.
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const lifetimeMilliseconds = 7 * 24 * 60 * 60 * 1000;
// A client whose clock is a little behind must not find a certificate from its future.
const backdatedMilliseconds = 60 * 60 * 1000;

/**
 * Makes a new root, with the extensions that RFC 5280 section 4.2.1 asks of one. A program that checks strictly, as Python
 * does from 3.13 on, refuses certificates without key identifiers, and smaller libraries write none.
 */
export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  const keys = await generateKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Sandbox certificate authority',
    ...validity(),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificatePem: root.toString('pem'),
    issue: (hosts) => issueServerCertificate(root, keys, hosts),
  };
}

async function issueServerCertificate(
  root: x509.X509Certificate,
  rootKeys: CryptoKeyPair,
  hosts: readonly string[],
): Promise<{ key: string; cert: string }> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=Sandbox server',
    issuer: root.subject,
    ...validity(),
    signingKey: rootKeys.privateKey,
    publicKey: keys.publicKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hosts.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(rootKeys.publicKey),
    ],
  });
  const privateKey = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { key: x509.PemConverter.encode(privateKey, 'PRIVATE KEY'), cert: certificate.toString('pem') };
}

function generateKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return {
    notBefore: new Date(now - backdatedMilliseconds),
    notAfter: new Date(now + lifetimeMilliseconds),
  };
}
