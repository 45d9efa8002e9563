import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { phases } from './fault-row.ts';
import { cells, faults } from './faults.ts';
import { withFaultTable } from './table.ts';

// "npm run faults" runs the cells and writes the document; it fails where one does not come to what is expected of it.
test('The fault matrix has no empty cell, and docs/reliability.md shows what is expected of each', async () => {
  const document = await readFile(join(import.meta.dirname, '../../docs/reliability.md'), 'utf8');
  const expected = cells.map((cell) => ({ cell, outcome: cell.outcome, kept: cell.kept }));
  assert.equal(document, withFaultTable(document, expected), 'run "npm run faults"');
  const rows = document
    .split('\n')
    .filter((line) => faults.some(({ name }) => line.startsWith(`| ${name} |`)));
  assert.equal(rows.length, faults.length);
  for (const row of rows) assert.equal(row.split(' | ').filter(Boolean).length, phases.length + 1, row);
});

test('Each cell says what must come of it', () => {
  for (const { fault, phase, outcome, kept } of cells) {
    assert.match(outcome, /^[a-z-]+$/, `${fault.name} | ${phase.name}`);
    assert.match(kept, /^(new|old|lost)$/, `${fault.name} | ${phase.name}`);
  }
});
