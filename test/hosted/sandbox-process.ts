/** The sandbox as a process of its own, which ends by itself when a job must be long over. */
import { alice } from '../../sandbox/authority/directory.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';

/** What the process that starts this one is told. */
export interface SandboxPlace {
  readonly proxy: string;
  readonly caFile: string;
}

const longestJob = 15 * 60_000;

const sandbox = await startSandbox({
  onUserCode: (userCode) => void sandbox.authority.signIn(userCode, alice.username),
});
process.send?.({ proxy: sandbox.proxy.url, caFile: sandbox.caFile } satisfies SandboxPlace);

const end = (): void => void sandbox.stop().then(() => process.exit());
setTimeout(end, longestJob).unref();
process.once('SIGTERM', end);
