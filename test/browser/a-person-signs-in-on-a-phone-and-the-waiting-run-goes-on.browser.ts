import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario, shownCode } from '../e2e/scenario.ts';
import { openPhone } from './phone.ts';

scenario('A person signs in on a phone, and the waiting run goes on', async ({ start }) => {
  const running = await start(workflowDispatch());
  const code = await shownCode(running);
  const address = /open +(\S+)/.exec(await running.line(/ 1\. open/))?.[1] ?? '';

  await using phone = await openPhone();
  const { page } = phone;
  await page.goto(address);
  await phone.arriveAt('code');
  await page.getByLabel('The code that your workflow shows').pressSequentially(code.toLowerCase());
  await page.getByRole('button', { name: 'Next' }).tap();
  await phone.arriveAt('account');
  await page.getByRole('button', { name: 'alice@sandbox.example' }).tap();
  await phone.arriveAt('review');
  await page.getByRole('button', { name: 'Continue' }).tap();
  await phone.arriveAt('done');

  const run = await running.finished;
  assert.equal(run.conclusion, 'success');
  assert.equal(run.outputs['source'], 'sign-in');
  assert.equal(run.outputs['username'], 'alice@sandbox.example');
});
