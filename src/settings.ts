import { Failure } from './failure.ts';
import { lengthLimits, type SettingName } from './length-limits.ts';

/** The settings of a step or of a command, and what is wrong with them: one error names every bad one. */
export class Settings {
  readonly #given: (setting: SettingName) => string;
  readonly #nameOf: (setting: SettingName) => string;
  readonly #problems: string[] = [];
  readonly #bad = new Set<SettingName>();
  readonly #tooLong = new Set<SettingName>();

  /**
   * @param given the text of a setting as it was given; empty where it was not
   * @param nameOf how a message names a setting
   */
  constructor(
    given: (setting: SettingName) => string,
    nameOf: (setting: SettingName) => string = (setting) => setting,
  ) {
    this.#given = given;
    this.#nameOf = nameOf;
  }

  /** The text of a setting; empty where it is not given, and where it is too long to be read. */
  get(setting: SettingName): string {
    const text = this.#given(setting);
    const limit = lengthLimits[setting];
    if (text.length <= limit) return text;
    if (!this.#tooLong.has(setting)) {
      this.addProblem(setting, `has ${text.length} characters; at most ${limit} are allowed`);
      this.#tooLong.add(setting);
    }
    return '';
  }

  isGiven(setting: SettingName): boolean {
    return this.#given(setting) !== '';
  }

  /** False for a setting with a problem: what depends on it cannot be checked, and would be reported as a second problem. */
  isGood(setting: SettingName): boolean {
    return !this.#bad.has(setting);
  }

  /** @param problem in words that follow the setting's name; never quotes a secret */
  addProblem(setting: SettingName, problem: string): void {
    this.#bad.add(setting);
    // A value that was not read must not be reported as missing.
    if (!this.#tooLong.has(setting)) this.#problems.push(`${this.#nameOf(setting)} ${problem}.`);
  }

  /** One sentence for each problem, in the order in which they were found. */
  get problems(): readonly string[] {
    return this.#problems;
  }
}

/** The failure for inputs that are not what they must be. */
export function badInput(problems: string, note = ''): Failure {
  return new Failure('bad-input', {
    what: 'The inputs of this step are not right.',
    why: problems,
    fix: `mend them in the workflow's "with:" block.${note} No request was made.`,
  });
}
