/**
 * Preloaded into every Node process of a run: writes down, at its end, which modules were asked for and how many
 * processes were started. Plain JavaScript, so that nothing is loaded to read it.
 */
import childProcess from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { registerHooks, syncBuiltinESMExports } from 'node:module';

const modules = new Set();
let processes = 0;
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    modules.add(resolved.url);
    return resolved;
  },
});
const { getBuiltinModule } = process;
process.getBuiltinModule = (id) => {
  modules.add(id);
  return getBuiltinModule(id);
};
// What is in NODE_OPTIONS does not reach the action's children.
const { spawn } = childProcess;
childProcess.spawn = (program, args, ...rest) =>
  spawn(program, program === process.execPath ? ['--import', import.meta.url, ...args] : args, ...rest);
syncBuiltinESMExports();
subscribe('child_process', () => {
  processes++;
});
process.on('exit', () => {
  const line = JSON.stringify({ script: process.argv[1], modules: [...modules], processes });
  appendFileSync(process.env.RECORDER_FILE, `${line}\n`);
});
