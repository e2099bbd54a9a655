// `npm run demo`: the main job in the terminal, on the bundled samples, in a library of its own.
import { join } from 'node:path';
import { launch } from './lib/launch.mjs';
import { projectFolder } from './lib/nodeBinary.mjs';
import { setUp } from './lib/setup.mjs';

setUp({ build: true });
launch(join(projectFolder, 'out', 'main', 'cli.js'), ['demo', ...process.argv.slice(2)]);
