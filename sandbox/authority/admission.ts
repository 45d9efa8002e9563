/** What Entra looks at before anything else: is there such a tenant, such an app, and may the one use the other? */
import { type Application, isTenant, personalAccountsTenantId, sandboxTenant } from './directory.ts';
import { EntraRefusal } from './entra-error.ts';
import type { EntraRequest } from './entra-request.ts';
import type { AuthorityState } from './state.ts';

/**
 * @throws EntraRefusal 90002 no such tenant; 900144 no client_id; 700016 no such app; 50194 an app of one tenant
 *   through `common` or `organizations`; 9002332 an app for work accounts through `consumers`.
 */
export function admit({ tenant, parameters }: EntraRequest, { directory }: AuthorityState): Application {
  if (!isTenant(tenant)) throw new EntraRefusal(90002, { message: `Tenant '${tenant}' not found.` });
  const application = directory.application(required(parameters, 'client_id'));
  if (application === undefined) throw new EntraRefusal(700016);
  const audience = application.audience;
  const word = tenant.toLowerCase();
  if (audience === 'single-tenant' && (word === 'common' || word === 'organizations'))
    throw new EntraRefusal(50194);
  const personal = word === 'consumers' || word === personalAccountsTenantId;
  if (audience !== 'organizations-and-personal' && personal) throw new EntraRefusal(9002332);
  return application;
}

/** @throws EntraRefusal 900144 where the parameter is missing or empty. */
export function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (value === null || value === '') {
    throw new EntraRefusal(900144, {
      message: `The request body must contain the following parameter: '${name}'.`,
    });
  }
  return value;
}

/** The tenant as issuers have it: its GUID, or Entra's placeholder where the path names no particular one. */
export function tenantIdOf(tenant: string): string {
  switch (tenant.toLowerCase()) {
    case 'common':
    case 'organizations':
      return '{tenantid}';
    case 'consumers':
      return personalAccountsTenantId;
    case sandboxTenant.domain:
      return sandboxTenant.id;
    default:
      return tenant.toLowerCase();
  }
}
