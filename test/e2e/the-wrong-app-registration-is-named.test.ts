import assert from 'node:assert/strict';
import { confidentialApp, singleTenantApp } from '../../sandbox/authority/directory.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario('An app that is for one tenant only is told to set tenant-id', async ({ run }) => {
  const refused = await run(workflowDispatch(), { inputs: { 'client-id': singleTenantApp.clientId } });
  assert.match(logOf(refused), /Failed to create device flow: check the app registration/);
  assert.match(logOf(refused), /AADSTS50194.*set tenant-id.*correlation id .*trace id /s);
});

scenario('A tenant that does not exist is named', async ({ run }) => {
  const refused = await run(workflowDispatch(), { inputs: { 'tenant-id': 'nowhere.example' } });
  assert.match(logOf(refused), /the tenant was not found \(AADSTS90002\)/);
});

scenario('An app that is no public client is told where to change that', async ({ runAndSignIn }) => {
  const refused = await runAndSignIn(workflowDispatch(), undefined, {
    inputs: { 'client-id': confidentialApp.clientId },
  });
  assert.equal(refused.outputs['error-code'], 'entra-refused');
  assert.match(logOf(refused), /AADSTS7000218.*Allow public client flows/s);
});
