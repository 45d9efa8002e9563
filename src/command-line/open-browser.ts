import { spawn } from 'node:child_process';
import { keyVariable } from './encryption-key.ts';

/** The platform's opener, and what it is given before the address. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  // What "start" of the command shell does, without the shell, to which an address is full of operators.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * Hands an address to the person's browser, and does not wait for it.
 * @param onProblem told, in words, when it could not be opened; perhaps later
 */
export function openBrowser(url: string, onProblem: (problem: string) => void): void {
  const [program, ...parameters] = openers[process.platform] ?? ['xdg-open'];
  const { [keyVariable]: _key, ...environment } = process.env;
  spawn(program, [...parameters, url], { detached: true, stdio: 'ignore', env: environment })
    .once('error', () => onProblem(`${program} could not be started`))
    .once('exit', (code) => {
      if (code) onProblem(`${program} ended with ${code}`);
    })
    .unref();
}
