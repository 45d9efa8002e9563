import assert from 'node:assert/strict';
import { sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';
import { seededCache } from './seeded-cache.ts';

for (const form of ['compact JSON', 'base64', 'JSON in several lines'] as const) {
  scenario(`A token-cache as ${form} is enough for a silent run`, async ({ sandbox, run, keepSecret }) => {
    const json = await seededCache(sandbox);
    const text =
      form === 'base64'
        ? Buffer.from(json).toString('base64')
        : form === 'compact JSON'
          ? json
          : JSON.stringify(JSON.parse(json), null, 2);
    if (!text.includes('\n')) keepSecret('token-cache', text);

    const silent = await run(schedule(), {
      inputs: { 'token-cache': text, 'tenant-id': sandboxTenant.id, 'encryption-key': '' },
      secrets: [text],
    });
    assert.equal(silent.conclusion, 'success', logOf(silent));
    assert.equal(silent.outputs['source'], 'cache');
    assert.equal(
      /given in several lines/.test(logOf(silent)) || silent.masks.includes('{'),
      form === 'JSON in several lines',
    );
  });
}
