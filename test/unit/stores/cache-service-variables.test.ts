import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { isFeatureAvailable } from '@actions/cache';
import { getCacheServiceVersion } from '../../../src/stores/workflow-cache/cache-library.ts';
import { withServiceNamed } from '../../../src/stores/workflow-cache/cache-service-variables.ts';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

/** What the library makes of the variables: the version that it speaks, or that there is no service. */
function serviceIn(environment: NodeJS.ProcessEnv): string {
  process.env = withServiceNamed(environment);
  return isFeatureAvailable() ? getCacheServiceVersion() : 'absent';
}

const version2 = { ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/', ACTIONS_CACHE_SERVICE_V2: 'True' };
const version1 = { ACTIONS_CACHE_URL: 'http://127.0.0.1:1/' };

for (const url of [
  'https://',
  'gitea.example',
  'gitea.example:3000',
  '192.168.0.1:3000',
  '',
  ' ',
  '/',
  'ssh://git@gitea.example',
]) {
  test(`where GITHUB_SERVER_URL is "${url}", the service is the one that the other variables name`, () => {
    assert.equal(serviceIn({ GITHUB_SERVER_URL: url, ...version2 }), 'v2');
    assert.equal(serviceIn({ GITHUB_SERVER_URL: url, ...version1 }), 'v1');
    assert.equal(serviceIn({ GITHUB_SERVER_URL: url }), 'absent');
  });
}

test('a server with a name of its own stays what the library takes it for', () => {
  const both = { ...version1, ...version2 };
  assert.equal(serviceIn({ GITHUB_SERVER_URL: 'https://ghes.example', ...both }), 'v1');
  assert.equal(serviceIn({ GITHUB_SERVER_URL: 'https://contoso.ghe.com', ...both }), 'v2');
  assert.equal(serviceIn({ GITHUB_SERVER_URL: 'https://github.com', ...both }), 'v2');
  assert.equal(serviceIn(both), 'v2');
});

test('version 2 is used only where the runner says yes and names its address', () => {
  for (const yes of ['True', 'true', '1']) {
    assert.equal(serviceIn({ ...version1, ...version2, ACTIONS_CACHE_SERVICE_V2: yes }), 'v2');
  }
  for (const no of ['False', 'false', '0', '', ' ']) {
    assert.equal(serviceIn({ ...version1, ...version2, ACTIONS_CACHE_SERVICE_V2: no }), 'v1');
  }
  assert.equal(serviceIn({ ...version1, ACTIONS_CACHE_SERVICE_V2: 'True' }), 'v1');
});

test('the address of version 1 ends with a slash, and nothing is printed for debugging', () => {
  const named = withServiceNamed({
    ACTIONS_CACHE_URL: 'http://127.0.0.1:1',
    RUNNER_DEBUG: '1',
    PATH: '/bin',
  });
  assert.deepEqual(named, {
    ACTIONS_CACHE_URL: 'http://127.0.0.1:1/',
    GITHUB_SERVER_URL: 'https://github.com',
    PATH: '/bin',
  });
});
