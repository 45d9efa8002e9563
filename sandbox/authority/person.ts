/** A person at a browser, played by a program: follows redirects, keeps cookies, fills in the forms of the real pages. */
import { type HttpResponse, sendHttpRequest } from '../http-request.ts';

interface Page {
  readonly url: URL;
  /** `data-page` of the body; empty for a page that is not the sandbox's. */
  readonly name: string;
  readonly html: string;
}

export class Person {
  readonly #origin: string;
  readonly #server: { readonly port: number; readonly ca: string };
  readonly #cookies = new Map<string, string>();

  /**
   * @param origin of the plain listener.
   * @param server the HTTPS listener, where every https URL leads whatever its host, and the root it is trusted by.
   */
  constructor(origin: string, server: { readonly port: number; readonly ca: string }) {
    this.#origin = origin;
    this.#server = server;
  }

  /** Types the code, picks the account (its home account ID), agrees. */
  async signIn(userCode: string, accountId: string): Promise<void> {
    const review = await this.#chooseAccount(await this.#enterCode(userCode), accountId);
    expectPage(await this.#submit(review, { decision: 'continue' }), 'done');
  }

  /** Types the code, then cancels where the account is to be chosen. */
  async decline(userCode: string): Promise<void> {
    expectPage(await this.#submit(await this.#enterCode(userCode), { decision: 'cancel' }), 'cancelled');
  }

  /**
   * Signs in at an authorization end point. With `response_mode=form_post` the answer is posted to the program that waits
   * for it, else the redirect URI with the code in it is not visited.
   * @returns where the browser ended
   */
  async signInByBrowser(authorizationUrl: string, accountId: string): Promise<string> {
    const accounts = expectPage(await this.#visit(new URL(authorizationUrl)), 'account');
    const review = await this.#chooseAccount(accounts, accountId);
    return this.#comeBack(await this.#submit(review, { decision: 'continue' }));
  }

  /** Presses Cancel where the account is to be chosen; the answer goes where that of a sign-in would. */
  async declineByBrowser(authorizationUrl: string): Promise<string> {
    const accounts = expectPage(await this.#visit(new URL(authorizationUrl)), 'account');
    return this.#comeBack(await this.#submit(accounts, { decision: 'cancel' }));
  }

  /** A form that a browser submits by itself (OAuth 2.0 Form Post Response Mode) is submitted. */
  async #comeBack(page: Page): Promise<string> {
    if (!page.html.includes('document.forms[0].submit()')) return page.url.href;
    return (await this.#submit(page, {})).url.href;
  }

  async #enterCode(userCode: string): Promise<Page> {
    const page = expectPage(await this.#visit(new URL('/devicelogin', this.#origin)), 'code');
    return expectPage(await this.#submit(page, { user_code: userCode }), 'account');
  }

  async #chooseAccount(page: Page, account: string): Promise<Page> {
    if (!page.html.includes(`value="${account}"`)) throw new Error('The page does not offer this account');
    return expectPage(await this.#submit(page, { account }), 'review');
  }

  #submit(page: Page, values: Readonly<Record<string, string>>): Promise<Page> {
    const hidden = page.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"\/?>/g);
    const action = /<form method="post" action="([^"]+)">/.exec(page.html)?.[1] ?? '';
    const form = new URLSearchParams(values);
    for (const [, name = '', value = ''] of hidden) form.append(name, unescapeHtml(value));
    return this.#visit(new URL(action, page.url), form);
  }

  async #visit(url: URL, form?: URLSearchParams): Promise<Page> {
    const response = await sendHttpRequest(url, {
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      body: form,
      ...(url.protocol === 'https:' && { server: this.#server }),
    });
    this.#keepCookies(response);
    const { headers, body: html } = response;
    const location = headers['location'];
    if (location === undefined) {
      return { url, html, name: /<body data-page="([a-z]+)"/.exec(html)?.[1] ?? '' };
    }
    const next = new URL(location, url);
    // Where a browser would leave the sandbox for the program that waits for it.
    return next.origin === this.#origin ? this.#visit(next) : { url: next, html: '', name: '' };
  }

  #keepCookies({ cookies }: HttpResponse): void {
    for (const cookie of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

function unescapeHtml(text: string): string {
  const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return text.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_entity, name: string) => characters[name] ?? '');
}

function expectPage(page: Page, name: string): Page {
  if (page.name === name) return page;
  const said = /<p class="wrong"[^>]*>([^<]*)/.exec(page.html)?.[1] ?? page.html.slice(0, 200);
  throw new Error(`Expected the page "${name}", but came to "${page.name}" (${page.url.pathname}): ${said}`);
}
