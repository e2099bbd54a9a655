/** npm run package: builds what is missing and packs the app for this system. */
import { join } from 'node:path';
import { launch } from './lib/launch.mjs';
import { projectFolder } from './lib/nodeBinary.mjs';
import { setUp } from './lib/setup.mjs';

setUp({ build: true });
launch(join(projectFolder, 'tools', 'packaging', 'package.ts'), process.argv.slice(2));
