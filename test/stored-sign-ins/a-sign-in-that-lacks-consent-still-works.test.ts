import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { shortTokens } from './stored-sign-in.ts';

scenario(
  'A sign-in that lacks consent is not ignored, and works again when consent is given',
  async ({ sandbox, run, runAndSignIn }) => {
    await runAndSignIn(workflowDispatch());
    const stored = sandbox.cacheService.entries.map(({ key }) => key);
    sandbox.authority.withdrawConsent(alice.username, 'User.Read');

    const night = await run(schedule());
    assert.equal(night.exitCode, 1);
    assert.match(logOf(night), /lacks consent for one of: User\.Read \(AADSTS65001/);
    assert.doesNotMatch(logOf(night), /ignored/);
    assert.deepEqual(
      sandbox.cacheService.entries.map(({ key }) => key),
      stored,
      'the stored sign-in is left as it is',
    );

    sandbox.authority.consent(alice.username, 'User.Read');
    const next = await run(schedule());
    assert.equal(next.outputs['source'], 'refresh', logOf(next));
  },
  shortTokens,
);
