/** npm run eval -- sample: starts tools/eval.ts under a Node that is new enough. */
import { join } from 'node:path';
import { launch } from './lib/launch.mjs';
import { projectFolder } from './lib/nodeBinary.mjs';
import { setUp } from './lib/setup.mjs';

setUp();
launch(join(projectFolder, 'tools', 'eval.ts'), process.argv.slice(2));
