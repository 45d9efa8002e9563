import { parseArgs } from 'node:util';

export type DemoOptions =
  | { readonly kind: 'show'; readonly auto: boolean; readonly split: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly reason: string };

export const usage = `Usage: npm run demo -- [options]

Runs the action on the sandbox, and shows what a user sees: a run in which you sign in on a local page, then
scheduled runs without a prompt. It takes a minute. You need no tenant and no network.

Options:
  --auto      Sign in by itself. This is the default where there is no terminal.
  --split     Show a sign-in over two jobs: one shows the code, another waits.
  -h, --help  Show this help.`;

/** @param args what follows the name of the program */
export function readDemoOptions(args: readonly string[]): DemoOptions {
  const flag = { type: 'boolean' } as const;
  const options = { auto: flag, split: flag, help: { ...flag, short: 'h' } } as const;
  try {
    const { auto = false, split = false, help } = parseArgs({ args: [...args], options }).values;
    return help ? { kind: 'help' } : { kind: 'show', auto, split };
  } catch (error) {
    // Node goes on to say how to write an argument that begins with a hyphen; the demo takes no arguments.
    const [reason = ''] = (error as Error).message.split(/\. (?:To specify|This command) /);
    return { kind: 'refused', reason: `${reason}.` };
  }
}
