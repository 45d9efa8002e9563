/**
 * The log of one step: takes the lines an action prints, obeys the commands among them, and keeps what a person
 * sees, with the secrets hidden.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs
 */
import type { SecretMasker } from './secret-masker.ts';
import { parseWorkflowCommand, type WorkflowCommand } from './workflow-command.ts';

export interface Annotation {
  readonly kind: 'notice' | 'warning' | 'error';
  /** Masked, and cut at 4,096 characters. */
  readonly message: string;
  /** `title`, `file`, `line` …; these the runner does not mask. */
  readonly properties: Readonly<Record<string, string>>;
}

/** A line as the log page shows it. */
export interface LogLine {
  readonly text: string;
  /** Title of the fold it is in, which is closed until someone opens it. */
  readonly group: string | undefined;
}

const maxAnnotationsOfAKind = 10;
const maxAnnotationLength = 4096;
const labels = { notice: 'Notice', warning: 'Warning', error: 'Error' } as const;

const commandNames = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]);

export class StepLog {
  readonly lines: LogLine[] = [];
  readonly annotations: Annotation[] = [];
  /** Set by the commands that files have replaced. */
  readonly outputs: Record<string, string> = {};
  readonly state: Record<string, string> = {};
  /** What an action of today should not do, although the platform lets it: one sentence each. */
  readonly defects: string[] = [];
  /** A command could not be obeyed; then the step fails, whatever its exit code. */
  commandFailed = false;
  readonly #masker: SecretMasker;
  readonly #isDebug: boolean;
  readonly #onLine: (line: LogLine) => void;
  #group: string | undefined;
  #stopToken: string | undefined;

  constructor(masker: SecretMasker, isDebug: boolean, onLine: (line: LogLine) => void) {
    this.#masker = masker;
    this.#isDebug = isDebug;
    this.#onLine = onLine;
  }

  /** Takes one line from standard output or standard error; the runner treats them alike. */
  take(line: string): void {
    const command = parseWorkflowCommand(line, (name) => this.#isCommand(name));
    const name = command?.name.toLowerCase();
    if (!command || name === undefined || this.#stopToken !== undefined) {
      if (name === this.#stopToken) this.#stopToken = undefined;
      this.show(line);
      return;
    }
    try {
      this.#obey(name, command, line);
    } catch (error) {
      this.commandFailed = true;
      this.annotate('error', `Unable to process command '${line}' successfully.`);
      this.annotate('error', error instanceof Error ? error.message : String(error));
    }
  }

  /** Shows text, masked, each of its lines on one line. */
  show(text: string): void {
    for (const line of this.#masker.mask(text).split(/\r\n|\r|\n/)) {
      const shown = { text: line, group: this.#group };
      this.lines.push(shown);
      this.#onLine(shown);
    }
  }

  /** Shows text only where debug logging is on. */
  debug(text: string): void {
    if (!this.#isDebug) return;
    for (const line of text.split(/\r?\n/)) this.show(`##[debug]${line}`);
  }

  annotate(kind: Annotation['kind'], text: string, properties: Readonly<Record<string, string>> = {}): void {
    const message = this.#masker.mask(text).slice(0, maxAnnotationLength);
    const ofKind = this.annotations.filter((annotation) => annotation.kind === kind);
    if (ofKind.length < maxAnnotationsOfAKind) this.annotations.push({ kind, message, properties });
    if (message !== '') this.show(`${labels[kind]}: ${message}`);
  }

  startGroup(title: string): void {
    this.#group = undefined;
    this.show(`▾ ${title}`);
    this.#group = this.#masker.mask(title);
  }

  endGroup(): void {
    this.#group = undefined;
  }

  #isCommand(name: string): boolean {
    return commandNames.has(name.toLowerCase()) || name.toLowerCase() === this.#stopToken;
  }

  #obey(name: string, command: WorkflowCommand, line: string): void {
    switch (name) {
      case 'add-mask':
        this.#addMask(command.data);
        break;
      case 'debug':
        this.debug(command.data);
        break;
      case 'notice':
      case 'warning':
      case 'error':
        this.annotate(name, command.data, Object.fromEntries(command.properties));
        break;
      case 'group':
        this.startGroup(command.data);
        break;
      case 'endgroup':
        this.endGroup();
        break;
      case 'stop-commands':
        this.#stopCommands(command.data, line);
        break;
      case 'set-output':
        this.#setByCommand(this.outputs, command);
        break;
      case 'save-state':
        this.#setByCommand(this.state, command);
        break;
      case 'set-env':
      case 'add-path':
        throw this.#refusal(name);
      default:
        // `echo` and the problem matchers: known, so that the line is no text, but of no effect here.
        this.debug(`The command ${name} has no effect in the sandbox`);
    }
  }

  #refusal(name: string): Error {
    this.defects.push(`The ${name} command was used, which the platform has disabled.`);
    return new Error(
      `The \`${name}\` command is disabled. Please upgrade to using Environment Files or opt into unsecure command execution by setting the \`ACTIONS_ALLOW_UNSECURE_COMMANDS\` environment variable to \`true\`.`,
    );
  }

  #addMask(value: string): void {
    if (value.trim() === '') {
      this.annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.");
    } else {
      this.#masker.addWithLines(value);
    }
  }

  #stopCommands(token: string, line: string): void {
    if (token === '' || token.toLowerCase() === 'pause-logging' || this.#isCommand(token)) {
      throw new Error(
        "You cannot use a endToken that is an empty string, the string 'pause-logging', or another workflow command.",
      );
    }
    this.#stopToken = token.toLowerCase();
    if (token.length > 6) this.#masker.add(token);
    this.show(line);
  }

  #setByCommand(target: Record<string, string>, { name, properties, data }: WorkflowCommand): void {
    this.defects.push(`The ${name} command was used, which the platform has deprecated.`);
    this.annotate(
      'warning',
      `The \`${name}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files.`,
    );
    const key = properties.get('name');
    if (key === undefined) throw new Error(`Required field 'name' is missing in ##[${name}] command.`);
    target[key] = data;
  }
}
