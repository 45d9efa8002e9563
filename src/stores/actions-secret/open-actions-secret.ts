import { longestLine, plain, plainText } from '../../text/plain-text.ts';
import type { SignInStore, StoreSetup } from '../sign-in-store.ts';

/** Opens the Actions secret as a store; undefined where none is named. */
export async function openActionsSecret({
  settings: { secret, tokenCache },
  context,
  run: { repository, apiUrl },
  network,
  log,
}: StoreSetup): Promise<SignInStore | undefined> {
  if (!secret) return undefined;
  const { name, environment, token } = secret;
  if (tokenCache === '') {
    const shown = plainText(name, longestLine);
    log.info(
      plain`token-cache is empty: the secret ${shown} is not there yet, or the workflow does not pass it (token-cache: \${{ secrets.${shown} }}).`,
    );
  }
  const access = { apiUrl, repository, environment, token };
  const { ActionsSecretStore } = await import('./actions-secret-store.ts');
  return new ActionsSecretStore({ name, access, text: tokenCache, context, network });
}
