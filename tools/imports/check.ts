/** Checks the imports of this repository; installs what it needs for that, where it is not there yet. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from './cruise.ts';

const here = import.meta.dirname;
const lockFile = join(here, 'package-lock.json');
/** The lock file of what is installed. npm removes it with the folder whenever it installs. */
const installed = join(here, 'node_modules', '.installed.json');

function install(): void {
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(lockFile))) return;
  const npm = process.env['npm_execpath'];
  if (!npm) throw new Error('Run this by "npm run imports".');
  execFileSync(
    process.execPath,
    [npm, 'ci', '--prefix', here, '--ignore-scripts', '--no-audit', '--no-fund'],
    {
      stdio: 'inherit',
    },
  );
  copyFileSync(lockFile, installed);
}

install();
const { refused, rules, read, unread } = cruise(join(here, '../..'));
for (const { rule, from, to, way, comment } of refused)
  console.error(`"${rule}" refuses ${[from, ...(way.length > 0 ? way : [to])].join(' -> ')}. ${comment}`);
for (const file of unread) console.error(`${file} was not read.`);
if (read.length === 0) console.error('No source file was read.');
console.log(`${rules.length} rules, ${read.length} files, ${refused.length} imports refused.`);
if (refused.length > 0 || unread.length > 0 || read.length === 0) process.exitCode = 1;
