/** npm run parity -- [<checkpoint folder>…]: starts tools/parity.ts under a Node that is new enough. */
import { join } from 'node:path';
import { launch } from './lib/launch.mjs';
import { projectFolder } from './lib/nodeBinary.mjs';
import { setUp } from './lib/setup.mjs';

setUp();
launch(join(projectFolder, 'tools', 'parity.ts'), process.argv.slice(2));
