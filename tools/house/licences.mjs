/** `npm run licences`: writes down under which licence each package is that ships with Playhead, for the status dialog. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/lib/nodeBinary.mjs';
import { listLicences } from './listLicences.mjs';

const licences = listLicences(projectFolder);
writeFileSync(join(projectFolder, 'src', 'renderer', 'licences.json'), `${JSON.stringify(licences, null, 2)}\n`);
console.log(`${licences.length} packages, of these under GPL or LGPL:`);
for (const { name, version, licence } of licences)
  if (/GPL/.test(licence)) console.log(`  ${name} ${version}: ${licence}`);
