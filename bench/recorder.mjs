/**
 * Preloaded into every Node process of a run: writes down, at its end, which modules were asked for and how many
 * processes were started. Plain JavaScript, so that nothing is loaded to read it.
 */
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

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
subscribe('child_process', () => {
  processes++;
});
process.on('exit', () => {
  const line = JSON.stringify({ script: process.argv[1], modules: [...modules], processes });
  appendFileSync(process.env.RECORDER_FILE, `${line}\n`);
});
