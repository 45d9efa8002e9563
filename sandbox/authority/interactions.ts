/** The two pages between the code and the end: who signs in, and whether they agree. */
import { text } from 'node:stream/consumers';
import type { Context, Next } from 'koa';
import type Provider from 'oidc-provider';
import { homeAccountId } from './directory.ts';
import { accountPage, problemPage, reviewPage } from './pages.ts';
import { isOpenIdScope } from './requested-scopes.ts';
import { type AuthorityState, providerPaths, tenantParameter } from './state.ts';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** Middleware of the library's web application, in front of the library's own routes. */
export function interactionPages(state: AuthorityState) {
  return async (ctx: Context, next: Next): Promise<void> => {
    ctx.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
    if (ctx.path === '/') {
      ctx.redirect(providerPaths.signInPage);
    } else if (ctx.path.startsWith('/interaction/')) {
      ctx.type = 'html';
      await interact(ctx, state);
    } else {
      await next();
    }
  };
}

async function interact(ctx: Context, state: AuthorityState): Promise<void> {
  let interaction: Interaction;
  try {
    interaction = await state.provider.interactionDetails(ctx.req, ctx.res);
  } catch {
    ctx.body = problemPage('This page is out of date.');
    return;
  }
  if (ctx.method !== 'POST') {
    ctx.body = show(interaction, state);
    return;
  }
  const answer = new URLSearchParams(await text(ctx.req));
  const result = await resultOf(interaction, answer, state);
  if (result === undefined) {
    ctx.body = show(interaction, state);
    return;
  }
  ctx.status = 303;
  ctx.redirect(await state.provider.interactionResult(ctx.req, ctx.res, result));
}

function show(interaction: Interaction, state: AuthorityState): string {
  const { application, accounts } = choices(interaction, state);
  if (interaction.prompt.name === 'login') {
    return accountPage(
      application.name,
      accounts.map((account) => ({ id: homeAccountId(account), account })),
    );
  }
  return reviewPage({
    application: application.name,
    username: state.directory.account(interaction.session?.accountId)?.username ?? '',
    resource: String(interaction.params['resource']),
    permissions: permissionsOf(interaction),
  });
}

async function resultOf(interaction: Interaction, answer: URLSearchParams, state: AuthorityState) {
  if (answer.get('decision') === 'cancel') {
    return { error: 'access_denied', error_description: 'The person cancelled' };
  }
  if (interaction.prompt.name === 'login') {
    const { accounts } = choices(interaction, state);
    const account = accounts.find((candidate) => homeAccountId(candidate) === answer.get('account'));
    return account && { login: { accountId: homeAccountId(account), remember: false } };
  }
  return { consent: { grantId: await consent(interaction, state) } };
}

async function consent(interaction: Interaction, state: AuthorityState): Promise<string> {
  const accountId = interaction.session?.accountId ?? '';
  const clientId = String(interaction.params['client_id']);
  const resource = String(interaction.params['resource']);
  const permissions = permissionsOf(interaction);
  state.consents.grant(clientId, accountId, resource, permissions);
  const grant = new state.provider.Grant({ accountId, clientId });
  grant.addOIDCScope(scopesOf(interaction).filter(isOpenIdScope));
  if (permissions.length > 0) grant.addResourceScope(resource, permissions);
  return await grant.save();
}

function choices(interaction: Interaction, { directory }: AuthorityState) {
  const application = directory.application(String(interaction.params['client_id']));
  if (application === undefined) throw new Error('An interaction of an app that is not registered');
  return {
    application,
    accounts: directory.accountsFor(application, String(interaction.params[tenantParameter])),
  };
}

function scopesOf(interaction: Interaction): string[] {
  return String(interaction.params['scope'] ?? '').split(' ');
}

function permissionsOf(interaction: Interaction): string[] {
  return scopesOf(interaction).filter((scope) => !isOpenIdScope(scope));
}
