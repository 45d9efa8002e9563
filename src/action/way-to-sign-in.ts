import { isAccountName } from '../entra/account-name.ts';
import { isConcreteTenant } from '../entra/authority.ts';
import { adaptAdvice } from '../entra/tenant-advice.ts';
import type { SignInStore } from '../stores/sign-in-store.ts';
import { longestLine, type PlainText, plain, plainText } from '../text/plain-text.ts';
import type { Inputs } from './inputs.ts';
import { getsNoSecrets, type WorkflowRun } from './workflow-run.ts';

/** The stores that could keep a sign-in, as far as it matters who sees it there. */
export type KeepingStores = readonly Pick<SignInStore, 'isPerBranch'>[];

interface Circumstances {
  readonly inputs: Inputs;
  readonly run: WorkflowRun;
  readonly stores: KeepingStores;
}

/**
 * How a person comes to a sign-in that this run may not ask for, as the lines of an advice. A run that follows it is
 * allowed to ask, and keeps the sign-in where the runs that need it see it.
 * @param canRerun a re-run of this run may ask
 */
export function wayToSignIn(
  circumstances: Circumstances,
  { canRerun }: { readonly canRerun: boolean },
): string {
  const { run, stores } = circumstances;
  const { runUrl, workflowUrl } = run;
  const isHidden = isHiddenBranch(run, stores);
  const dispatch = isHidden
    ? `dispatch the workflow by hand on ${branchName(run.defaultRef)}`
    : 'dispatch the workflow by hand';
  const changes = neededChanges(circumstances);
  // A re-run has the workflow file of the first attempt.
  if (changes.length > 0)
    return [...changes, `Then ${dispatch}, and sign in there: ${workflowUrl}`].join('\n');
  if (!canRerun) return `${dispatch}, and sign in there: ${workflowUrl}`;
  return isHidden
    ? `${dispatch}, and sign in there: ${workflowUrl}\nOr re-run this run: ${runUrl}\nThat sign-in is kept for ${branchName(run.ref)} only.`
    : `re-run this run and sign in: ${runUrl}\nOr dispatch the workflow by hand: ${workflowUrl}`;
}

/** What must be changed before a sign-in would be allowed and kept, a line each. */
function neededChanges({ inputs, run, stores }: Circumstances): readonly string[] {
  const changes = [
    inputs.signIn === 'never' ? ['set sign-in to "auto" in the workflow that signs in.'] : [],
    run.isPrivate ? [] : accountNeeded(inputs, run),
    stores.length > 0 || getsNoSecrets(run) ? [] : [storeNeeded(inputs)],
  ].flat();
  return changes.map((line, index) => (index === 0 ? line : line.charAt(0).toUpperCase() + line.slice(1)));
}

function accountNeeded(inputs: Inputs, run: WorkflowRun): readonly string[] {
  const advice = adviceForAccount(inputs);
  if (advice === undefined) return [];
  return [run.isVisibilityKnown ? advice : `unless the repository is private: ${advice}`];
}

/** How to name the person whom others cannot pretend to be; undefined where the inputs do. */
export function adviceForAccount({ account, authority }: Inputs): string | undefined {
  if (account !== '' && (!isAccountName(account, authority) || isConcreteTenant(authority))) return undefined;
  if (isConcreteTenant(authority))
    return 'set the input account to the user principal name, or the home account id, of the person who signs in.';
  return adaptAdvice(
    account === ''
      ? 'set the input account to the user principal name of the person who signs in, and set tenant-id to your tenant; or account alone to the home account id.'
      : 'set tenant-id to your tenant, or account to the home account id.',
    authority,
  );
}

/** What gives a sign-in a place to be kept, where there is none. */
export function storeNeeded({ workflowCache, encryptionKeys }: Inputs): PlainText {
  if (!workflowCache)
    return plain`turn on workflow-cache, with encryption-key, or set secret-name and secret-token: no store keeps the sign-in.`;
  if (encryptionKeys.length > 0)
    return plain`set secret-name and secret-token: this runner offers no workflow cache, so no store keeps the sign-in.`;
  return plain`give encryption-key a value: it is empty, so no store keeps the sign-in. If the workflow passes a secret, check the secret's name, and whether this job may read it. If you have no key, make one (openssl rand -base64 32), and store it as a secret.`;
}

/** True where runs on the default branch, such as schedules, would not see a sign-in that this run saves. */
export function isHiddenBranch({ ref, defaultRef }: WorkflowRun, stores: KeepingStores): boolean {
  const isOther = defaultRef !== undefined && ref !== defaultRef;
  return isOther && stores.length > 0 && stores.every(({ isPerBranch }) => isPerBranch);
}

function branchName(ref = ''): PlainText {
  return plainText(ref.replace(/^refs\/heads\//, ''), longestLine);
}
