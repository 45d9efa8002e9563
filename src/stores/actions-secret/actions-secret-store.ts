import { Failure } from '../../failure.ts';
import type { RecordContext } from '../../sealing/sign-in-record.ts';
import { readTokenCacheInput } from '../../sealing/token-cache-input.ts';
import { longestLine, type PlainText, plain, plainText } from '../../text/plain-text.ts';
import {
  failedIfThrown,
  isUpToDate,
  type Restored,
  type SaveOutcome,
  type SignInStore,
  type SignInToSave,
} from '../sign-in-store.ts';
import { type Deadline, type GithubNetwork, GithubUnavailable } from './github-api.ts';
import { type SecretAccess, SecretRefused } from './secret-refused.ts';
import { largestSecret, largestWindowsInput, secretText } from './secret-text.ts';
import { cleanupLimit, newSignInLimit, probeLimit, saveLimit } from './secret-time-limits.ts';
import { SecretsApi } from './secrets-api.ts';

interface ActionsSecretOptions {
  readonly name: string;
  readonly access: SecretAccess;
  /** What the secret holds, as the input `token-cache` gave it: GitHub never gives a secret's value back. */
  readonly text: string;
  readonly context: RecordContext;
  readonly network: GithubNetwork;
}

/** An Actions secret of a repository or an environment as a store of one sign-in. */
export class ActionsSecretStore implements SignInStore {
  readonly name = 'secret';
  readonly title: PlainText;
  readonly isPerBranch = false;
  readonly #secrets: SecretsApi;
  readonly #options: ActionsSecretOptions;

  constructor(options: ActionsSecretOptions) {
    this.title = plain`the secret ${plainText(options.name, longestLine)}`;
    this.#secrets = new SecretsApi(options.access, options.network);
    this.#options = options;
  }

  /** What the secret holds is restored from `token-cache`. */
  async restore(): Promise<Restored> {
    return { kind: 'restored', signIns: [] };
  }

  /**
   * Writes and deletes a secret beside the real one: GitHub offers no other way to find out what a token may do.
   * @throws {Failure} `secret-unwritable`
   */
  async probe(signal: AbortSignal): Promise<PlainText | undefined> {
    const probe = `${this.#options.name}_PROBE`;
    try {
      return await this.#tryOut(probe, this.#deadlineIn(probeLimit, signal));
    } catch (error) {
      if (signal.aborted) await this.#cleanUp(probe);
      throw error;
    }
  }

  async #tryOut(probe: string, deadline: Deadline): Promise<PlainText | undefined> {
    try {
      await this.#secrets.write(probe, 'This secret can be deleted.', deadline);
    } catch (error) {
      if (error instanceof SecretRefused) throw this.#unwritable(error.message, error.fix);
      if (!(error instanceof GithubUnavailable)) throw error;
      if (error.permanent)
        throw this.#unwritable(error.message, 'fix the network settings of the runner, and run again');
      return plain`This run could not test whether ${this.title} can be written: ${messageOf(error)}. It tries again after the sign-in.`;
    }
    return this.#secrets.delete(probe, deadline).then(
      () => undefined,
      (error: unknown) => {
        if (!(error instanceof SecretRefused || error instanceof GithubUnavailable)) throw error;
        return plain`The secret ${plainText(probe, longestLine)}, which was written as a test, could not be deleted: ${messageOf(error)}. Delete it by hand; it holds no secret.`;
      },
    );
  }

  /** GitHub may have written it although the run was cancelled before its response came. */
  async #cleanUp(probe: string): Promise<void> {
    const deadline = this.#deadlineIn(cleanupLimit, AbortSignal.timeout(cleanupLimit));
    await this.#secrets.delete(probe, deadline).catch(() => undefined);
  }

  save(signIn: SignInToSave, signal: AbortSignal): Promise<SaveOutcome> {
    return failedIfThrown(() => this.#save(signIn, signal));
  }

  async #save(signIn: SignInToSave, signal: AbortSignal): Promise<SaveOutcome> {
    const { context, network } = this.#options;
    if (await this.#holds(signIn)) return { kind: 'unchanged' };

    const text = await secretText(signIn, context, network.clock.now());
    if (text.length > largestSecret) {
      const size = plain`${Math.ceil(text.length / 1024)} KB`;
      return {
        kind: 'failed',
        reason: plain`it has ${size} even without access tokens and id tokens, and a secret holds 48 KB`,
        fix: plain`use the workflow cache, or another app registration for this workflow`,
      };
    }
    const failed = await this.#write(text, signIn.isNewSignIn, signal);
    if (failed) return failed;
    const tooLong = plain`What is now in ${this.title} takes ${text.length} characters: on Windows an input can hold no more than ${largestWindowsInput} characters. Use it on Linux and macOS only.`;
    return { kind: 'saved', remark: text.length > largestWindowsInput ? tooLong : undefined };
  }

  /** Text in several lines is written anew: the platform takes each of its lines for a secret. */
  async #holds(signIn: SignInToSave): Promise<boolean> {
    const { text, context } = this.#options;
    const isInOneLine = !text.includes('\n');
    if (!isInOneLine && !signIn.isPartial) return false;
    const input = await readTokenCacheInput(text, context);
    const current = input.kind === 'record' ? input.record : undefined;
    return isUpToDate(current, signIn, context.keys[0]);
  }

  async #write(text: string, isNewSignIn: boolean, signal: AbortSignal): Promise<SaveOutcome | undefined> {
    const deadline = this.#deadlineIn(isNewSignIn ? newSignInLimit : saveLimit, signal);
    try {
      await this.#secrets.write(this.#options.name, text, deadline);
      return undefined;
    } catch (error) {
      if (signal.aborted)
        return { kind: 'failed', reason: plain`the run was cancelled before GitHub responded` };
      if (error instanceof SecretRefused)
        return { kind: 'failed', reason: messageOf(error), fix: plainText(error.fix, longestLine) };
      if (error instanceof GithubUnavailable) return { kind: 'failed', reason: messageOf(error) };
      throw error;
    }
  }

  #deadlineIn(limit: number, signal: AbortSignal): Deadline {
    return { until: this.#options.network.clock.monotonic() + limit, signal };
  }

  #unwritable(reason: string, fix: string): Failure {
    return new Failure('secret-unwritable', {
      what: `A sign-in is needed, and ${this.title} cannot save it. Nobody was asked to sign in.`,
      why: `${reason}.`,
      fix: `${fix}. Then run again.`,
    });
  }
}

/** The message may hold what GitHub or the network said. */
function messageOf({ message }: Error): PlainText {
  return plainText(message, longestLine);
}
