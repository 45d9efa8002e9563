/**
 * Loaded into the action before it starts: the disk on which the file for outputs is becomes full in the middle of a
 * write, after FULL_AFTER whole ones.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { appendFileSync } = fs;
let left = Number(process.env['FULL_AFTER']);

fs.appendFileSync = (path, data, options) => {
  if (path !== process.env['GITHUB_OUTPUT'] || left-- > 0) return appendFileSync(path, data, options);
  const text = String(data);
  appendFileSync(path, text.slice(0, text.length / 2), options);
  throw Object.assign(new Error(`ENOSPC: no space left on device, write ${text}`), { code: 'ENOSPC' });
};
syncBuiltinESMExports();
