import { spawn } from 'node:child_process';
import { keyVariable } from './encryption-key.ts';

/** The program of each platform that opens an address, and its arguments before the address. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  // What "start" does in the command shell, without that shell, which takes parts of an address for operators.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * Opens an address in the person's browser, and does not wait for it.
 * @param onProblem called with the reason when the browser could not be opened, perhaps later
 */
export function openBrowser(url: string, onProblem: (problem: string) => void): void {
  const [program, ...parameters] = openers[process.platform] ?? ['xdg-open'];
  const { [keyVariable]: _key, ...environment } = process.env;
  spawn(program, [...parameters, url], { detached: true, stdio: 'ignore', env: environment })
    .once('error', () => onProblem(`${program} could not be started`))
    .once('exit', (code) => {
      if (code) onProblem(`${program} exited with ${code}`);
    })
    .unref();
}
