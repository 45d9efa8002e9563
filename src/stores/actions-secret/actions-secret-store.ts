import { seconds } from '../../clock.ts';
import { Failure } from '../../failure.ts';
import type { RecordContext, SignInRecord } from '../../sealing/sign-in-record.ts';
import { longestLine, type PlainText, plain, plainText } from '../../text/plain-text.ts';
import {
  failedIfThrown,
  isKept,
  type Keepsake,
  type SaveOutcome,
  type SignInStore,
} from '../sign-in-store.ts';
import { type GithubNetwork, GithubUnavailable, type Patience } from './github-api.ts';
import { type SecretAccess, SecretRefused } from './secret-refused.ts';
import { largestSecret, largestWindowsInput, secretText } from './secret-text.ts';
import { ActionsSecrets } from './secrets-api.ts';

// GitHub being down costs a silent run at most this much.
const silentBudget = seconds(15);
// Long enough for one wait of a minute, which is what GitHub asks for when it limits writes.
const preciousBudget = seconds(90);
const probeBudget = seconds(30);
// What is left of a run that was cancelled: the platform gives it 7.5 s.
const cleanupBudget = seconds(4);

/** What the secret is known to hold: a secret can be written, and is read through the input `token-cache` only. */
export interface HeldSecret {
  /** Undefined when nothing usable is in it. */
  readonly record: SignInRecord | undefined;
  /** It is text in several lines, each of which the platform takes for a secret. */
  readonly hasSeveralLines: boolean;
}

/** An Actions secret of a repository or an environment as a store of one sign-in. */
export class SecretStore implements SignInStore {
  readonly name = 'secret';
  readonly title: PlainText;
  readonly isThere = true;
  readonly #secretName: string;
  readonly #secrets: ActionsSecrets;
  readonly #held: HeldSecret;
  readonly #context: RecordContext;
  readonly #network: GithubNetwork;

  constructor(
    secretName: string,
    access: SecretAccess,
    held: HeldSecret,
    context: RecordContext,
    network: GithubNetwork,
  ) {
    this.title = plain`the secret ${plainText(secretName, longestLine)}`;
    this.#secretName = secretName;
    this.#secrets = new ActionsSecrets(access, network);
    this.#held = held;
    this.#context = context;
    this.#network = network;
  }

  /**
   * Writes and deletes a secret beside the real one: GitHub does not tell what a token may do in any other way.
   * @throws {Failure} `secret-unwritable`
   */
  async probe(signal: AbortSignal): Promise<PlainText | undefined> {
    const probe = `${this.#secretName}_PROBE`;
    try {
      return await this.#tryOut(probe, this.#patience(probeBudget, signal));
    } catch (error) {
      if (signal.aborted) await this.#cleanUp(probe);
      throw error;
    }
  }

  async #tryOut(probe: string, patience: Patience): Promise<PlainText | undefined> {
    try {
      await this.#secrets.write(probe, 'This secret can be deleted.', patience);
    } catch (error) {
      if (error instanceof SecretRefused) throw this.#unwritable(error.message, error.fix);
      if (!(error instanceof GithubUnavailable)) throw error;
      if (error.permanent)
        throw this.#unwritable(error.message, 'mend the network settings of the runner, then run again');
      return plain`It could not be tested whether ${this.title} can be written: ${wordsOf(error)}. It is tried again after the sign-in.`;
    }
    return this.#secrets.delete(probe, patience).then(
      () => undefined,
      (error: unknown) => {
        if (!(error instanceof SecretRefused || error instanceof GithubUnavailable)) throw error;
        return plain`The secret ${plainText(probe, longestLine)}, which was written as a test, could not be deleted: ${wordsOf(error)}. It holds nothing; delete it by hand.`;
      },
    );
  }

  /** GitHub may have written it although the run was cancelled before it answered. */
  async #cleanUp(probe: string): Promise<void> {
    const patience = this.#patience(cleanupBudget, AbortSignal.timeout(cleanupBudget));
    await this.#secrets.delete(probe, patience).catch(() => undefined);
  }

  save(keepsake: Keepsake, signal: AbortSignal): Promise<SaveOutcome> {
    return failedIfThrown(() => this.#save(keepsake, signal));
  }

  async #save(keepsake: Keepsake, signal: AbortSignal): Promise<SaveOutcome> {
    const [sealingKey] = this.#context.keys;
    const isInOneLine = !this.#held.hasSeveralLines || keepsake.isPartial === true;
    if (isInOneLine && isKept(this.#held.record, keepsake, sealingKey)) return { is: 'unchanged' };

    const text = await secretText(keepsake, this.#context, this.#network.clock.now());
    if (text.length > largestSecret) {
      const size = plain`${Math.ceil(text.length / 1024)} KB`;
      return {
        is: 'failed',
        reason: plain`it takes ${size} even without access tokens and id tokens, and a secret holds 48 KB`,
        fix: plain`use the workflow cache, or another app registration for this workflow`,
      };
    }
    const failed = await this.#write(text, keepsake.precious, signal);
    if (failed) return failed;
    const tooLong = plain`What is now in ${this.title} takes ${text.length} characters: runners on Windows cannot take more than ${largestWindowsInput} in an input. Use it on Linux and macOS only.`;
    return { is: 'saved', remark: text.length > largestWindowsInput ? tooLong : undefined };
  }

  async #write(text: string, isPrecious: boolean, signal: AbortSignal): Promise<SaveOutcome | undefined> {
    const patience = this.#patience(isPrecious ? preciousBudget : silentBudget, signal);
    try {
      await this.#secrets.write(this.#secretName, text, patience);
      return undefined;
    } catch (error) {
      if (signal.aborted)
        return { is: 'failed', reason: plain`the run was cancelled before GitHub had answered` };
      if (error instanceof SecretRefused)
        return { is: 'failed', reason: wordsOf(error), fix: plainText(error.fix, longestLine) };
      if (error instanceof GithubUnavailable) return { is: 'failed', reason: wordsOf(error) };
      throw error;
    }
  }

  #patience(budget: number, signal: AbortSignal): Patience {
    return { until: this.#network.clock.monotonic() + budget, signal };
  }

  #unwritable(reason: string, fix: string): Failure {
    return new Failure('secret-unwritable', {
      what: `A sign-in is needed, and ${this.title} could not keep it: it cannot be written. Nobody was asked to sign in.`,
      why: `${reason}.`,
      fix: `${fix}. Then run again.`,
    });
  }
}

/** What GitHub or the network said may stand in it. */
function wordsOf({ message }: Error): PlainText {
  return plainText(message, longestLine);
}
