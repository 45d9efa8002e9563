import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { alice, multiTenantApp, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { findLeaksIn } from '../../sandbox/leaks.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import '../e2e/fresh-dist.ts';

const program = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

/** What a sign-in of the sandbox's tenant is called with. */
export const seedArguments = [
  'seed',
  '--client-id',
  multiTenantApp.clientId,
  '--tenant-id',
  sandboxTenant.id,
];

export interface CompanionOptions {
  /** Where there is none, every address is refused. */
  readonly sandbox?: Sandbox;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input. */
  readonly input?: string | Uint8Array;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  readonly told: string;
}

/** The committed companion, in a process of its own, with standard output in a pipe. */
export class Companion {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly #told: string[] = [];
  readonly #folder: string;

  private constructor(words: readonly string[], options: CompanionOptions, folder: string) {
    const { sandbox, env = {}, input = '' } = options;
    this.#folder = folder;
    this.process = spawn(process.execPath, [program, ...words], {
      env: {
        PATH: `${folder}${delimiter}${process.env['PATH']}`,
        OPENED: join(folder, 'opened'),
        https_proxy: sandbox?.proxy.url ?? 'http://127.0.0.1:9',
        no_proxy: '127.0.0.1,localhost',
        ...(sandbox && {
          NODE_EXTRA_CA_CERTS: sandbox.caFile,
          ENTRA_USER_TOKEN_LOOPBACK_PAGE: 'allowed',
        }),
        ...env,
      },
      stdio: 'pipe',
      timeout: 60_000,
    });
    this.process.stdin?.on('error', () => undefined).end(input);
    this.ended = this.#readToEnd();
  }

  static async start(words: readonly string[], options: CompanionOptions = {}): Promise<Companion> {
    const folder = await mkdtemp(join(tmpdir(), 'companion-'));
    // In place of a browser: what would open it writes down what it was given.
    for (const opener of ['xdg-open', 'open']) {
      await writeFile(
        join(folder, opener),
        '#!/bin/sh\necho "$1 $ENTRA_ENCRYPTION_KEY" > "$OPENED"\nexit $OPENER_ENDS_WITH\n',
      );
      await chmod(join(folder, opener), 0o755);
    }
    return new Companion(words, options, folder);
  }

  /** The first group of the first match in what it has told, as soon as it is there. */
  async told(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.#told.join(''));
      if (match) return match[1] ?? match[0];
      if (this.process.exitCode !== null) assert.fail(`It never told ${pattern}: ${this.#told.join('')}`);
      await new Promise((resolve) => {
        this.process.stderr?.once('data', resolve);
        this.process.once('exit', resolve);
      });
    }
  }

  /** The authorization URL that it told. */
  authorizationUrl(): Promise<string> {
    return this.told(/^(https:\S+)\n/m);
  }

  /** What the platform's opener was given, as soon as it is there: the address, and the key in its environment. */
  async opened(): Promise<string> {
    for (;;) {
      const text = await readFile(join(this.#folder, 'opened'), 'utf8').catch(() => '');
      if (text.endsWith('\n')) return text;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async #readToEnd(): Promise<Ended> {
    const output: string[] = [];
    this.process.stdout?.setEncoding('utf8').on('data', (text: string) => output.push(text));
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => this.#told.push(text));
    const exitCode = await new Promise<number | null>((resolve) => this.process.once('close', resolve));
    return { exitCode, output: output.join(''), told: this.#told.join('') };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Runs it to its end. */
export async function runCompanion(words: readonly string[], options: CompanionOptions = {}): Promise<Ended> {
  await using companion = await Companion.start(words, options);
  return await companion.ended;
}

/** Seeds by browser to the end. */
export async function seedByBrowser(
  sandbox: Sandbox,
  words: readonly string[] = seedArguments,
  { username = alice.username, env = {} }: { username?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<Ended> {
  await using companion = await Companion.start(words, { sandbox, env });
  await sandbox.authority.signInByBrowser(await companion.authorizationUrl(), username);
  return await companion.ended;
}

/** Nothing that must stay secret is in what was told to people. */
export function assertTellsNoSecret(sandbox: Sandbox, { told }: Ended, ...others: readonly string[]): void {
  const secrets = [...sandbox.authority.secrets, ...others.map((value) => ({ kind: 'other', value }))];
  assert.ok(secrets.length > 0);
  assert.deepEqual(findLeaksIn(secrets, [{ place: 'standard error', content: told }]), []);
}

/** A file with this text, in a folder that is removed afterwards. */
export async function fileWith(
  text: string | Uint8Array,
): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'companion-file-'));
  const path = join(folder, 'file');
  await writeFile(path, text, { mode: 0o600 });
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
