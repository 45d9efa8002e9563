#!/usr/bin/env node
import { seconds } from './clock.ts';
import { runCompanion } from './command-line/companion.ts';
import { exitWithFailure } from './process-exit.ts';

const exitCode = await runCompanion(process);
process.exitCode = exitCode;
// Whatever still waits, such as the loopback server, must not hold the process. What was written to a pipe may still be
// on its way, so it gets a moment.
if (exitCode !== 0) setTimeout(() => exitWithFailure(exitCode), seconds(0.2)).unref();
