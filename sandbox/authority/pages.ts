/** The pages a person sees. Plain HTML with its style inside: no script, nothing that is fetched from elsewhere. */
import type { Account } from './directory.ts';

/** Names of the pages, in the `data-page` attribute of the body, so that a program can tell where it is. */
export type PageName = 'code' | 'account' | 'review' | 'done' | 'cancelled' | 'problem';

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#eef1f5, #14171c); }
  main { box-sizing: border-box; width: min(27rem, 100vw); padding: 2rem; background: light-dark(#fff, #1f242c);
    border-radius: .75rem; box-shadow: 0 .25rem 1.5rem #0002; overflow-wrap: anywhere; }
  .sandbox { margin: -2rem -2rem 1.5rem; padding: .6rem 2rem; border-radius: .75rem .75rem 0 0; font-size: .875rem;
    background: #ffd54a; color: #222; }
  h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .75rem; }
  .wrong { color: light-dark(#b3261e, #ff8a80); font-weight: 600; }
  .quiet { color: light-dark(#5a6270, #a5adba); font-size: .875rem; }
  label { display: block; font-weight: 600; }
  input { box-sizing: border-box; width: 100%; margin-top: .35rem; padding: .7rem; font: 600 1.4rem ui-monospace, monospace;
    letter-spacing: .12em; text-transform: uppercase; text-align: center; border: 1px solid #8a93a3; border-radius: .5rem; }
  button { box-sizing: border-box; width: 100%; margin-top: .75rem; padding: .75rem 1rem; font: inherit; font-weight: 600;
    border: 1px solid #1d5fd1; border-radius: .5rem; background: #1d5fd1; color: #fff; cursor: pointer; }
  a { display: block; padding: .75rem 0; color: light-dark(#1d5fd1, #8ab4f8); font-weight: 600; }
  button.other { background: none; border-color: #8a93a3; color: inherit; }
  button.account { text-align: left; background: none; border-color: #8a93a3; color: inherit; }
  button.account small { display: block; font-weight: 400; }
  ul { padding-left: 1.2rem; }
  @media (max-width: 30rem) { /* A phone: the page is the card, and stays at the top, above the keyboard. */
    body { place-items: start; }
    main { width: 100vw; min-height: 100vh; border-radius: 0; box-shadow: none; padding: 1.5rem 1.25rem; }
    .sandbox { margin: -1.5rem -1.25rem 1.5rem; padding: .6rem 1.25rem; border-radius: 0; }
  }
`;

/** For the confirmation field: the person's browser sends it with the code, since they review everything later. */
const confirmed = '<input type="hidden" name="confirm" value="yes">';

export function codePage(hidden: Readonly<Record<string, string>>, wrong?: string): string {
  return page(
    'code',
    'Enter the code',
    `${wrong === undefined ? '' : `<p class="wrong" role="alert">${escapeHtml(wrong)}</p>`}
    <form method="post" action="/devicelogin">${hiddenFields(hidden)}${confirmed}
      <label>The code that your workflow shows
        <input name="user_code" autofocus required autocomplete="off" autocapitalize="characters" spellcheck="false"
          maxlength="20"></label>
      <button>Next</button>
    </form>`,
  );
}

export function accountPage(
  application: string,
  accounts: readonly { readonly id: string; readonly account: Account }[],
): string {
  const buttons = accounts.map(
    ({ id, account }) =>
      `<button class="account" name="account" value="${escapeHtml(id)}">${escapeHtml(account.displayName)}
        <small>${escapeHtml(account.username)}</small></button>`,
  );
  const choice =
    buttons.length > 0 ? buttons.join('') : '<p class="wrong">No account here may sign in to this app.</p>';
  return page(
    'account',
    'Who is signing in?',
    `<p>To <strong>${escapeHtml(application)}</strong></p><form method="post">${choice}</form>
    <form method="post"><button class="other" name="decision" value="cancel">Cancel</button></form>`,
  );
}

export interface Review {
  readonly application: string;
  readonly username: string;
  readonly resource: string;
  readonly permissions: readonly string[];
}

export function reviewPage({ application, username, resource, permissions }: Review): string {
  const items = permissions.map((permission) => `<li>${escapeHtml(permission)}</li>`).join('');
  return page(
    'review',
    `Let ${application} act as you?`,
    `<p><strong>${escapeHtml(application)}</strong> will act as <strong>${escapeHtml(username)}</strong>
      at ${escapeHtml(resource)}:</p>
    <ul>${items === '' ? '<li>know who you are</li>' : items}</ul>
    <p class="quiet">Continue only if you started this yourself. Nobody should have sent you the code.</p>
    <form method="post">
      <button name="decision" value="continue">Continue</button>
      <button class="other" name="decision" value="cancel">Cancel</button>
    </form>`,
  );
}

export function donePage(application: string): string {
  return page(
    'done',
    'You have signed in',
    `<p>You have signed in to <strong>${escapeHtml(application)}</strong>. You may close this window now.</p>`,
  );
}

export function cancelledPage(): string {
  return page('cancelled', 'Cancelled', '<p>Nobody was signed in. You may close this window now.</p>');
}

export function problemPage(message: string): string {
  return page(
    'problem',
    'That did not work',
    `<p class="wrong">${escapeHtml(message)}</p><p><a href="/devicelogin">Enter the code again</a></p>`,
  );
}

function page(name: PageName, title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - sandbox</title><style>${style}</style></head>
<body data-page="${name}"><main>
<p class="sandbox"><strong>Sandbox.</strong> This is not Microsoft: no real account is used, no password is asked for.</p>
<h1>${escapeHtml(title)}</h1>
${content}
</main></body></html>`;
}

function hiddenFields(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
