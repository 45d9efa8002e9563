/**
 * The action on the sandbox, as a user would see it. Without a word: the main job, one workflow run twice. `--split`: a
 * sign-in over two jobs. `--auto`, or no terminal, signs in by itself.
 */
import { showMainJob } from './demo/main-job.ts';
import { showSplitSignIn } from './demo/split-sign-in.ts';
import { Stage } from './demo/stage.ts';
import { startSandbox } from './sandbox.ts';

const auto = process.argv.includes('--auto') || !process.stdin.isTTY || !process.stdout.isTTY;
const show = process.argv.includes('--split') ? showSplitSignIn : showMainJob;

const sandbox = await startSandbox();
const stage = new Stage(sandbox, auto);
process.once('SIGINT', () => stage.cancel());

console.log('The sandbox runs: an authority in place of Microsoft Entra, a CONNECT proxy that leads');
console.log('login.microsoftonline.com to it, a cache service, and a runner. Nothing leaves this machine.');
try {
  await show(stage);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await sandbox.stop();
}
