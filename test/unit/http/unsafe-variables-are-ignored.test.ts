import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ignoreUnsafeVariables } from '../../../src/http/unsafe-environment.ts';

/** A stream that keeps what is written. */
function stream(): { readonly written: string[]; write: (text: unknown) => boolean } {
  const written: string[] = [];
  return { written, write: (text) => written.push(String(text)) > 0 };
}

test('NODE_TLS_REJECT_UNAUTHORIZED=0 is taken away, and reported with the variable to use instead', () => {
  const environment = { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_EXTRA_CA_CERTS: 'ca.pem' };
  const [warning, ...others] = ignoreUnsafeVariables(environment, stream());
  assert.match(warning ?? '', /^NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored.*NODE_EXTRA_CA_CERTS/);
  assert.deepEqual([others, environment], [[], { NODE_EXTRA_CA_CERTS: 'ca.pem' }]);
});

test('Where certificates are checked anyway nothing is reported', () => {
  assert.deepEqual(ignoreUnsafeVariables({ NODE_TLS_REJECT_UNAUTHORIZED: '1' }, stream()), []);
  assert.deepEqual(ignoreUnsafeVariables({}, stream()), []);
});

test('What Node prints for NODE_DEBUG is dropped, and nothing else', () => {
  const errors = stream();
  const [warning] = ignoreUnsafeVariables({ NODE_DEBUG: 'https' }, errors);
  assert.match(warning ?? '', /^NODE_DEBUG is ignored/);
  errors.write("HTTPS 4711: createConnection { authorization: 'Bearer …' }\n");
  errors.write('CHILD_PROCESS \u001b[33m4711\u001b[39m: spawn\n');
  errors.write('Nobody signed in in time.\n');
  errors.write(new Uint8Array([65]));
  assert.deepEqual(errors.written, ['Nobody signed in in time.\n', '65']);
});
