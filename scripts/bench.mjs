/** npm run bench: starts bench/run.ts under a Node that is new enough; with --peer, sets up what it is compared with. */
import { join } from 'node:path';
import { launch } from './lib/launch.mjs';
import { projectFolder } from './lib/nodeBinary.mjs';
import { ensurePeersInstalled } from './lib/peers.mjs';
import { setUp } from './lib/setup.mjs';

setUp();
if (process.argv.includes('--peer')) ensurePeersInstalled();
launch(join(projectFolder, 'bench', 'run.ts'), process.argv.slice(2));
