import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario, type World } from './scenario.ts';

const unauthorized = {
  kind: 'respond',
  status: 401,
  body: '{"code":"unauthenticated","msg":"invalid token"}',
} as const;
const forever = { times: Number.POSITIVE_INFINITY };

const requestsTo = ({ sandbox }: World, endpoint: string): number =>
  sandbox.cacheService.requests.filter((request) => request.endpoint === endpoint).length;

scenario(
  'A token that the cache service does not accept is shown once, however many keys there are',
  async (world) => {
    const other = randomBytes(32).toString('base64');
    world.keepSecret('encryption-key', other);
    world.sandbox.cacheService.faults.add('lookup', unauthorized, forever);
    const keys = `${world.encryptionKey}\n${other}`;
    const night = await world.run(schedule(), { inputs: { 'encryption-key': keys }, secrets: [other] });
    assert.deepEqual(night.outputs, { 'error-code': 'cache-unavailable' });
    assert.match(logOf(night), /did not accept the token of this run \(401\)/);
    assert.equal(requestsTo(world, 'lookup'), 1);
  },
);

scenario('Where cache-mode forbids it, the cache service is not asked at all', async (world) => {
  const night = await world.run(schedule(), { env: { ACTIONS_CACHE_MODE: 'none' } });
  assert.deepEqual(night.outputs, { 'error-code': 'cache-unavailable' });
  assert.match(logOf(night), /this run may not read the workflow cache/);
  assert.deepEqual(world.sandbox.cacheService.requests, []);
});

for (const [what, refuse, words] of [
  [
    'not accepted',
    ({ sandbox }: World) => sandbox.cacheService.faults.add('create', unauthorized, forever),
    /\(401\)/,
  ],
  [
    'over the quota',
    ({ sandbox }: World) => {
      sandbox.cacheService.mode = 'full';
    },
    /the storage for workflow caches is full/,
  ],
] as const) {
  scenario(`An entry that is ${what} is sent once, even after a sign-in`, async (world) => {
    refuse(world);
    const day = await world.runAndSignIn(workflowDispatch());
    assert.equal(day.outputs['saved-to'], '');
    assert.match(logOf(day), words);
    assert.equal(requestsTo(world, 'create'), 1);
  });
}
