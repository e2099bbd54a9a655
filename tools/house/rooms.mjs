/**
 * `npm run rooms`: compares the table of rooms in docs/architecture.md with the TypeScript projects, which are what
 * holds the borders. `npm run rooms -- --write` writes the table's last column anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/lib/nodeBinary.mjs';
import { readArguments } from '../../scripts/lib/readArguments.mjs';
import { compareRooms, readRooms, writeTable } from './readRooms.mjs';

const usage = `Usage: npm run rooms [-- --write]
  Compares docs/architecture.md with what each room's tsconfig.json references.
  --write   what a room may import is written into the table`;
const { values } = readArguments(usage, { options: { write: { type: 'boolean' } } });
const page = join(projectFolder, 'docs', 'architecture.md');
const rooms = readRooms(projectFolder);
if (values.write) writeFileSync(page, writeTable(readFileSync(page, 'utf8'), rooms));
const problems = compareRooms(readFileSync(page, 'utf8'), rooms);
for (const problem of problems) console.error(problem);
console.log(`${rooms.size} rooms, ${problems.length} differences`);
process.exitCode = problems.length === 0 ? 0 : 1;
