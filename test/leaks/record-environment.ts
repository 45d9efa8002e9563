/** Loaded into each Node process: writes down its program and its whole environment. */
import childProcess from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

const { RECORD_FILE: file } = process.env;
if (file) {
  const program = basename(process.argv[1] ?? '');
  appendFileSync(file, `${JSON.stringify({ program, environment: process.env })}\n`);
}

// What is in NODE_OPTIONS does not reach the action's children.
const { spawn } = childProcess;
childProcess.spawn = ((program: string, args: readonly string[], ...rest: []) =>
  spawn(
    program,
    program === process.execPath ? ['--import', import.meta.url, ...args] : args,
    ...rest,
  )) as typeof spawn;
syncBuiltinESMExports();
