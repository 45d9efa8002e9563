/**
 * Runs the fault matrix and writes its table into docs/reliability.md. A cell that does not come to what is expected of it is
 * told, and nothing is written. An argument chooses cells by a part of their names ("503, once | save"), and writes nothing.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cells } from '../test/faults/faults.ts';
import { differenceOf, runCells } from '../test/faults/matrix.ts';
import { withFaultTable } from '../test/faults/table.ts';

const path = join(import.meta.dirname, '../docs/reliability.md');
const started = performance.now();
const part = process.argv[2] ?? '';
const chosen = cells.filter(({ fault, phase }) => `${fault.name} | ${phase.name}`.includes(part));
const results = await runCells(chosen, Number(process.env['FAULT_WORKERS'] || 8));
const differences = results.flatMap(differenceOf);
for (const difference of differences) console.error(difference);
const seconds = Math.round((performance.now() - started) / 1000);
console.log(`${results.length} cells ran in ${seconds} s; ${differences.length} not as expected.`);
if (differences.length > 0) process.exitCode = 1;
else if (part === '') await writeFile(path, withFaultTable(await readFile(path, 'utf8'), results));
