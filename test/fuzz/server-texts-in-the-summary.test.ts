import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { marked } from 'marked';
import { JobSummary } from '../../src/action/job-summary.ts';
import { runnerLog } from '../../src/action/log.ts';
import { markdownText } from '../../src/action/markdown.ts';
import { minutes } from '../../src/clock.ts';
import { cloudAuthority } from '../../src/entra/authority.ts';
import { type DeviceCode, deviceCodeExchange } from '../../src/entra/device-flow.ts';
import { Failure } from '../../src/failure.ts';
import { accessTokens } from '../../src/token/access-tokens.ts';
import { deviceCode } from '../unit/fakes/answers.ts';
import { FakeClock } from '../unit/fakes/clock.ts';
import { promptAt } from '../unit/fakes/prompt.ts';
import { clientId } from '../unit/fakes/request.ts';
import { summaryFile } from '../unit/fakes/summary-file.ts';
import { aliveIn, hostileText } from './hostile-text.ts';
import { property } from './property.ts';
import { commandIn, printedBy } from './standard-output.ts';

const file = summaryFile();

/** What a browser would make of the summary: its elements in their order, and where its links lead. */
function rendered(): { readonly elements: readonly string[]; readonly links: readonly string[] } {
  const html = marked.parse(readFileSync(file, 'utf8'), { async: false, gfm: true }) as string;
  assert.doesNotMatch(html, /<!--/);
  return {
    elements: [...html.matchAll(/<([a-z][\w-]*)/gi)].map(([, name]) => name ?? ''),
    links: [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) =>
      (link ?? '').replaceAll('&amp;', '&'),
    ),
  };
}

const token = (text: string) => ({
  resource: text,
  token: 'token',
  expiresOn: new Date(Date.UTC(2026, 10, 24)),
  scopes: [text],
  source: 'sign-in' as const,
});

property(
  'names and scopes of a server are text in the summary, whatever is in them',
  fc.record({ username: hostileText, tenantId: hostileText, scope: hostileText }),
  async ({ username, tenantId, scope }) => {
    const at = Date.UTC(2026, 10, 24);
    await new JobSummary(runnerLog, true).showSignedIn({
      signIn: accessTokens([token(scope), token(scope)], {
        account: { username, tenantId, homeAccountId: 'a.b' },
        cache: '{}',
        details: {},
        candidate: undefined,
      }),
      savedTo: 'the workflow cache',
      at,
    });
    const row = ['tr', 'td', 'td'];
    assert.deepEqual(rendered(), {
      elements: ['h2', 'table', 'thead', 'tr', 'th', 'th', 'tbody', ...Array(7).fill(row).flat()],
      links: [],
    });
  },
);

property('a name is neither a mention nor a reference in the source either', hostileText, (text) => {
  assert.doesNotMatch(markdownText(text), /[@<>[\]`|*_~:/\\\r\n]/);
  assert.doesNotMatch(markdownText(text).replace(/&#\d+;/g, ''), /[&#;]/);
});

const webAddress = fc.oneof(
  hostileText.map((text) => `https://microsoft.com/${text}`),
  hostileText.map((text) => `https://microsoft.com/?q=${text}#${text}`),
  hostileText.map((text) => `https://${text}@microsoft.com/`),
  fc.constantFrom(
    'javascript:alert(1)',
    'data:text/html,<script>x</script>',
    'https://microsoft.com/devicelogin',
    'https://microsoft.com/##[error]x::y:::z?##[group]::#::##[',
    'http://microsoft.com/devicelogin',
    'http://127.0.0.1/devicelogin',
    'https://evil.example/::##[',
  ),
  hostileText,
);

property(
  'a code and an address of a server are shown as they are, or refused, and bring nothing with them',
  fc.record({ user_code: hostileText, verification_uri: webAddress }),
  async (body) => {
    const shown: DeviceCode[] = [];
    const exchange = deviceCodeExchange(
      { transport: async () => deviceCode(body), clock: new FakeClock(), random: () => 0.5 },
      {
        show: async (code) => void shown.push(code),
        reminderInterval: minutes(1),
        remind: () => undefined,
      },
      { timeout: minutes(15), context: { clientId, authority: cloudAuthority('public', 'organizations') } },
    );
    const url = 'https://login.microsoftonline.com/organizations/oauth2/v2.0/devicecode';
    const refusal = await exchange({ method: 'POST', url, headers: {} }).catch((error: unknown) => error);
    const [code] = shown;
    if (!code) return assert.ok(refusal instanceof Failure);

    const now = Date.now();
    const prompt = promptAt(now, runnerLog, new JobSummary(runnerLog, true));
    const { result, lines } = printedBy(() => prompt.show(code));
    await result;
    assert.doesNotMatch(code.verificationUri, /::|##\[/);
    const isForeign = code.warning !== '';
    assert.equal(isForeign, new URL(code.verificationUri).hostname !== 'microsoft.com');
    assert.equal(lines.length, isForeign ? 8 : 7);
    const commands = isForeign ? { 1: 'warning', 7: 'notice' } : { 6: 'notice' };
    for (const [index, line] of lines.entries()) {
      const command = commandIn(line);
      assert.equal(command?.name, (commands as Record<number, string>)[index], line);
      if (!command) assert.equal(aliveIn(line), undefined, JSON.stringify(line));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      else assert.doesNotMatch(command.data, /[\r\n\u001b]/);
    }
    const [reminder = '', ...more] = printedBy(() => prompt.remind(code, 1)).lines;
    assert.deepEqual([more, aliveIn(reminder), commandIn(reminder)], [[], undefined, undefined]);

    const { elements, links } = rendered();
    const warned = isForeign ? ['p', 'strong'] : [];
    assert.deepEqual(elements, ['h2', ...warned, 'ol', 'li', 'a', 'li', 'code', 'p', 'strong']);
    assert.equal(links.length, 1);
    assert.match(links[0] ?? '', /^https:\/\//);
  },
);
