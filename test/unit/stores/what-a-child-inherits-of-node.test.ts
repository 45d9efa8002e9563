import assert from 'node:assert/strict';
import { delimiter, resolve } from 'node:path';
import { test } from 'node:test';
import { childEnvironment } from '../../../src/stores/workflow-cache/child-environment.ts';

const folder = { GITHUB_WORKSPACE: 'folder', RUNNER_TEMP: 'folder' };

test('What prints secrets or leaves certificates unchecked does not reach a child, in whatever case', () => {
  const environment = {
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    node_tls_reject_unauthorized: '0',
    NODE_DEBUG: 'https,child_process',
    NODE_DEBUG_NATIVE: 'http2',
    NODE_V8_COVERAGE: 'coverage',
    DEBUG: '*',
    Node_Options: '--tls-keylog=keys.txt',
  };
  assert.deepEqual(childEnvironment(environment, 'folder'), folder);
});

test('What says which certificates are trusted reaches a child', () => {
  const environment = {
    NODE_EXTRA_CA_CERTS: resolve('ca.pem'),
    NODE_USE_SYSTEM_CA: '1',
    SSL_CERT_FILE: resolve('certs.pem'),
    NODE_OPTIONS: '--use-system-ca',
  };
  assert.deepEqual(childEnvironment(environment, 'folder'), { ...environment, ...folder });
});

test('Relative paths of certificates mean the same in a child, which works in another folder', () => {
  const environment = {
    NODE_EXTRA_CA_CERTS: 'certs/ca.pem',
    SSL_CERT_FILE: './certs.pem',
    SSL_CERT_DIR: ['certs', resolve('more'), ''].join(delimiter),
  };
  assert.deepEqual(childEnvironment(environment, 'folder'), {
    NODE_EXTRA_CA_CERTS: resolve('certs', 'ca.pem'),
    SSL_CERT_FILE: resolve('certs.pem'),
    SSL_CERT_DIR: [resolve('certs'), resolve('more'), ''].join(delimiter),
    ...folder,
  });
  // An empty one is none.
  assert.equal(childEnvironment({ NODE_EXTRA_CA_CERTS: '' }, 'folder')['NODE_EXTRA_CA_CERTS'], '');
});

const options: Readonly<Record<string, string>> = {
  '--use-system-ca': '--use-system-ca',
  '--use-openssl-ca --max-old-space-size=4096': '--use-openssl-ca --max-old-space-size=4096',
  '--use-bundled-ca --no-use-system-ca=true': '--use-bundled-ca --no-use-system-ca=true',
  '--max_old_space_size=512': '--max-old-space-size=512',
  '--max-semi-space-size=16 --max-heap-size=500': '--max-semi-space-size=16 --max-heap-size=500',
  '--max-old-space-size-percentage=50': '--max-old-space-size-percentage=50',
  '"--use-system-ca"  --max-old-space-size="512"': '--use-system-ca --max-old-space-size=512',
  '--use"-system-"ca "--max\\-old-space-size=512"': '--use-system-ca --max-old-space-size=512',
  '--import=./steal.mjs --use-system-ca': '--use-system-ca',
  '--import ./steal.mjs --require "a file.cjs" -r b.cjs --use-system-ca': '--use-system-ca',
  '--require "--use-openssl-ca steal.cjs"': '',
  '--tls-keylog=keys --trace-tls --tls-min-v1.0 --tls-cipher-list=NULL': '',
  '--inspect=0.0.0.0:9229 --report-on-signal --insecure-http-parser --env-file=.env': '',
  '--max-old-space-size=512;--import=x': '',
  '--max-old-space-size': '',
  '--use-system-ca"': '--use-system-ca',
  '': '',
};

for (const [given, kept] of Object.entries(options)) {
  test(`Of NODE_OPTIONS ${given || '(empty)'} a child gets ${kept || 'nothing'}`, () => {
    const { NODE_OPTIONS } = childEnvironment({ NODE_OPTIONS: given }, 'folder');
    assert.equal(NODE_OPTIONS, kept || undefined);
  });
}
