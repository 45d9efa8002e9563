import assert from 'node:assert/strict';
import { sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';
import { seededCache } from './seeded-cache.ts';

const forms = {
  'compact JSON': (json: string) => json,
  base64: (json: string) => Buffer.from(json).toString('base64'),
  'JSON in several lines': (json: string) => JSON.stringify(JSON.parse(json), null, 2),
  'base64 of what Windows PowerShell writes': (json: string) =>
    Buffer.from(`\uFEFF${json}`, 'utf16le').toString('base64'),
  'a JSON text that holds JSON': (json: string) => JSON.stringify(json),
};

for (const [form, write] of Object.entries(forms)) {
  scenario(`A token-cache as ${form} is enough for a silent run`, async ({ sandbox, run, keepSecret }) => {
    const json = await seededCache(sandbox);
    const text = write(json);
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
