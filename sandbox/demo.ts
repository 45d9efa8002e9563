/** The action on the sandbox, as a user would see it. `npm run demo -- --help` lists the options. */
import { showMainJob } from './demo/main-job.ts';
import { readDemoOptions, usage } from './demo/options.ts';
import { showSplitSignIn } from './demo/split-sign-in.ts';
import { Stage } from './demo/stage.ts';
import { startSandbox } from './sandbox.ts';

const options = readDemoOptions(process.argv.slice(2));
switch (options.kind) {
  case 'help':
    console.log(usage);
    break;
  case 'refused':
    console.error(`${options.reason}\n\n${usage}`);
    process.exitCode = 2;
    break;
  case 'show': {
    const hasTerminal = process.stdin.isTTY && process.stdout.isTTY;
    await show(options.split ? showSplitSignIn : showMainJob, options.auto || !hasTerminal);
  }
}

async function show(scenes: (stage: Stage) => Promise<void>, auto: boolean): Promise<void> {
  await using sandbox = await startSandbox();
  const stage = new Stage(sandbox, auto);
  process.once('SIGINT', () => stage.cancel());

  console.log('The sandbox is running: an authority in place of Microsoft Entra, a proxy that leads');
  console.log('login.microsoftonline.com to it, a cache service, and a runner. Nothing leaves this machine.');
  try {
    await scenes(stage);
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
