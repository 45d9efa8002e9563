import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario, shownCode } from '../e2e/scenario.ts';
import { openPhone } from './phone.ts';

scenario(
  'A person mistypes the code, then cancels, and the waiting run says so',
  async ({ sandbox, start }) => {
    const running = await start(workflowDispatch());
    const code = await shownCode(running);

    await using phone = await openPhone({ dark: true });
    const { page } = phone;
    await page.goto(`${sandbox.authority.signInOrigin}/interaction/out-of-date`);
    await phone.arriveAt('problem');
    await page.getByRole('link', { name: 'Enter the code again' }).tap();
    await phone.arriveAt('code', 'code-dark');
    await page.getByRole('textbox').fill('WRONGCODE');
    await page.getByRole('button', { name: 'Next' }).tap();
    await page.getByRole('alert').waitFor();
    await phone.arriveAt('code', 'code-wrong');
    await page.getByRole('textbox').fill(code);
    await page.getByRole('button', { name: 'Next' }).tap();
    await phone.arriveAt('account', 'account-dark');
    await page.getByRole('button', { name: 'Cancel' }).tap();
    await phone.arriveAt('cancelled');

    const run = await running.finished;
    assert.equal(run.conclusion, 'failure');
    assert.equal(run.outputs['error-code'], 'sign-in-declined');
  },
);
