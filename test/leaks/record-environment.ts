/** Loaded into each Node process: writes down its program and its whole environment. */
import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';

const { RECORD_FILE: file } = process.env;
if (file) {
  const program = basename(process.argv[1] ?? '');
  appendFileSync(file, `${JSON.stringify({ program, environment: process.env })}\n`);
}
