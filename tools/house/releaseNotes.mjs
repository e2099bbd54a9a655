/** `npm run release-notes [-- <version>]`: what the changelog says of a version, for the page of its release. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/lib/nodeBinary.mjs';
import { readArguments } from '../../scripts/lib/readArguments.mjs';
import { fail } from '../../scripts/lib/run.mjs';

const usage = `Usage: npm run release-notes [-- <version>]
  Prints the changelog's section of a version; without one, of that in package.json.`;
const { positionals } = readArguments(usage, { allowPositionals: true });
const read = (name) => readFileSync(join(projectFolder, name), 'utf8');
const version = positionals[0] ?? JSON.parse(read('package.json')).version;

const sections = read('CHANGELOG.md').split(/^## /m).slice(1);
const section = sections.find((text) => text.split(/\s/, 1)[0] === version);
if (section === undefined) {
  const known = sections.map((text) => text.split(/\s/, 1)[0]).join(', ');
  fail(`CHANGELOG.md has no section "## ${version}". It has: ${known || 'none'}.`);
}
console.log(section.slice(section.indexOf('\n')).trim());
