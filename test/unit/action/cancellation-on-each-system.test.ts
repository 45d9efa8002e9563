import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancellationSignals } from '../../../src/action/cancellation.ts';

test('on Windows the second signal of a cancelled run is SIGBREAK', () => {
  assert.deepEqual(cancellationSignals('win32'), ['SIGINT', 'SIGTERM', 'SIGBREAK']);
});

for (const platform of ['linux', 'darwin'] as const) {
  test(`on ${platform} it is SIGTERM, and SIGBREAK, which is unknown there, is not listened for`, () => {
    assert.deepEqual(cancellationSignals(platform), ['SIGINT', 'SIGTERM']);
  });
}
