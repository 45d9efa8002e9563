import type { RunningAction } from '../../sandbox/runner/running-action.ts';

export const smtp = 'https://outlook.office.com/SMTP.Send';

/** Inputs of a step that wants a token for Graph and one for mail. */
export const graphAndMail = { scopes: `User.Read ${smtp}` };

/** The second code that the log shows. */
export async function secondCode(running: RunningAction, first: string): Promise<string> {
  const isNew = (line: string): boolean => /enter code/.test(line) && !line.includes(first);
  return /enter code +(\S+)/.exec(await running.line(isNew))?.[1] ?? '';
}
