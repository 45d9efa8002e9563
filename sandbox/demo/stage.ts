import { randomBytes } from 'node:crypto';
import { styleText } from 'node:util';
import { alice } from '../authority/directory.ts';
import type { ActionRun } from '../runner/action-run.ts';
import type { WorkflowEvent } from '../runner/event.ts';
import { renderSummary } from '../runner/render-summary.ts';
import type { RunningAction } from '../runner/running-action.ts';
import type { Sandbox } from '../sandbox.ts';
import { formatRequests } from './request-list.ts';
import { environmentWithClockAhead, setClockAhead } from './shifted-clock.ts';

export interface Scene {
  /** The step's `with:`, beside the encryption key. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** What the person does while the step runs. */
  readonly person?: (running: RunningAction) => Promise<void>;
  /** What else is shown when it has ended. */
  readonly afterwards?: (run: ActionRun) => void;
}

/** Where the demo runs steps, and shows of each what a user would see of it. */
export class Stage {
  readonly #sandbox: Sandbox;
  readonly #auto: boolean;
  readonly #encryptionKey = randomBytes(32).toString('base64');
  #clockAhead = 0;
  #running: RunningAction | undefined;

  /** @param auto the demo signs in by itself */
  constructor(sandbox: Sandbox, auto: boolean) {
    this.#sandbox = sandbox;
    this.#auto = auto;
  }

  heading(text: string): void {
    console.log(`\n${styleText('bold', `━━ ${text} ${'━'.repeat(Math.max(0, 96 - text.length))}`)}`);
  }

  label(text: string): void {
    console.log(`\n${styleText('cyan', text)}`);
  }

  /** Sets the clocks ahead: the sandbox's, and those of the steps that follow. */
  setClock(time: Date): void {
    this.#clockAhead += time.getTime() - Date.now();
    setClockAhead(this.#clockAhead);
    const shown = time.toISOString().slice(0, 16).replace('T', ' ');
    console.log(`\n… Time passes: the demo sets its clocks ahead to ${shown} UTC.`);
  }

  cancel(): void {
    void this.#running?.cancel();
  }

  async step(title: string, event: WorkflowEvent, { inputs, person, afterwards }: Scene = {}): Promise<void> {
    this.heading(title);
    this.label('Step log:');
    this.#sandbox.authority.clearRequests();
    this.#running = await this.#sandbox.start(event, {
      inputs: { 'encryption-key': this.#encryptionKey, ...inputs },
      secrets: [this.#encryptionKey],
      env: environmentWithClockAhead(this.#clockAhead),
      timeoutMilliseconds: 20 * 60_000,
      onLine: (line) => console.log(`  ${shortened(line)}`),
    });
    await person?.(this.#running);
    const run = await this.#running.finished;
    await this.#show(run);
    afterwards?.(run);
    await run.dispose();
    if (run.conclusion !== 'success') throw new Error('The step failed; its log above says why.');
  }

  /** Signs in by itself, or leaves it to the person at the terminal. */
  async signInWhenAsked(action: RunningAction): Promise<void> {
    const userCode = (await action.line(/enter code +(\S+)/)).match(/enter code +(\S+)/)?.[1] ?? '';
    if (this.#auto) {
      console.log(styleText('yellow', `\n  → The demo signs in as ${alice.username}.\n`));
      await this.#sandbox.authority.signIn(userCode, alice.username);
      return;
    }
    console.log(
      styleText(
        'yellow',
        '\n  → Your turn: open the address above in a browser, enter the code, and choose an account.\n',
      ),
    );
  }

  async #show(run: ActionRun): Promise<void> {
    this.label('Job summary, on the run’s page as soon as the job has ended:');
    console.log(
      run.summary === '' ? '  (none: no sign-in was needed)' : indent(renderSummary(run.mask(run.summary))),
    );

    this.label('Outputs, as the log of a later step shows them:');
    for (const [name, value] of Object.entries(run.outputsMasked))
      console.log(`  ${name}: ${value === '' ? '(empty)' : shortened(value)}`);

    this.label('Requests to Microsoft Entra:');
    const requests = this.#sandbox.authority.requests.filter(
      ({ endpoint }) => !['me', 'introspection'].includes(endpoint),
    );
    for (const line of formatRequests(requests)) console.log(`  ${line}`);
    await this.#callGraph(run);
  }

  async #callGraph(run: ActionRun): Promise<void> {
    const token = run.outputs['access-token'];
    if (token === undefined) return;
    this.label('A later step calls Microsoft Graph, GET https://graph.microsoft.com/v1.0/me:');
    const { status, body } = await this.#sandbox.callGraph(token);
    console.log(`  ${status} ${run.mask(JSON.stringify(body))}`);
  }
}

/** A sealed text tells nothing, and fills the screen. */
function shortened(text: string): string {
  return text.replace(
    /(entra-user-token-pending\.\S{24})\S+/,
    (whole, begin: string) => `${begin}… (${whole.length} characters)`,
  );
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
