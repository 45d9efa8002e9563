import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'A token-cache that is no cache is refused, and not quoted',
  async ({ run, entraRequests, keepSecret }) => {
    const text = 'my-precious-refresh-token';
    keepSecret('token-cache', text);
    const bad = await run(workflowDispatch(), { inputs: { 'token-cache': text }, secrets: [text] });
    assert.deepEqual(bad.outputs, { 'error-code': 'bad-input' });
    assert.match(logOf(bad), /token-cache is not an MSAL cache.*compact JSON.*base64.*sealed/s);
    assert.equal(entraRequests(), 0);
  },
);
