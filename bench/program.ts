import { spawn } from 'node:child_process';

/** A process to be measured, from its start to the end of its output. */
export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it prints when it has done its work; a run that does not is no measurement. */
  readonly prints: RegExp;
  /** Done before each run, and not measured. */
  readonly before?: (() => void) | undefined;
}

export interface Ended {
  readonly milliseconds: number;
  readonly stdout: string;
}

/** Milliseconds after which a run is killed: the benchmark goes on unattended. */
const patience = 120_000;

/**
 * Runs a program once.
 * @throws when it fails, hangs, or does not print what it should
 */
export function run(program: Program): Promise<Ended> {
  program.before?.();
  return new Promise((resolve, reject) => {
    const output = { stdout: '', stderr: '' };
    const start = performance.now();
    const child = spawn(program.command, program.args, {
      cwd: program.cwd,
      env: program.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: patience,
      killSignal: 'SIGKILL',
    });
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const milliseconds = performance.now() - start;
      if (code === 0 && program.prints.test(output.stdout)) resolve({ milliseconds, stdout: output.stdout });
      else
        reject(new Error(`did not do its work (${signal ?? `exit code ${code}`}): ${tellingLineOf(output)}`));
    });
  });
}

function tellingLineOf({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  const lines = `${stderr}\n${stdout}`
    .split('\n')
    .filter((line) => /\S/.test(line) && !/^::(add-mask|debug)/.test(line));
  const line =
    lines.find((one) => /error/i.test(one)) ?? lines.find((one) => /warning/i.test(one)) ?? lines[0];
  return (line ?? 'it printed nothing').slice(0, 200);
}
