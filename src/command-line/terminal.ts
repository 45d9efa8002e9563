import type { PlainText } from '../text/plain-text.ts';

/** What a command has of the world: its streams and its environment. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  /** True when standard output is a screen, and not a pipe or a file. */
  readonly outputIsScreen: boolean;
  /** True when standard input is a keyboard. */
  readonly inputIsKeyboard: boolean;
  /** For people, on standard error. */
  readonly tell: (...lines: readonly PlainText[]) => void;
  /**
   * The result, on standard output.
   * @throws {Failure} when it could not all be handed over
   */
  print(text: string): Promise<void>;
  /** Standard input, to its end. */
  read(): Promise<string>;
}
