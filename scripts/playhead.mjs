#!/usr/bin/env node
// `npx playhead …` and `npm run playhead -- …`: sets up what is missing, then runs the command line shell.
import { join } from 'node:path';
import { launch } from './lib/launch.mjs';
import { projectFolder } from './lib/nodeBinary.mjs';
import { setUp } from './lib/setup.mjs';

setUp({ build: true });
launch(join(projectFolder, 'out', 'main', 'cli.js'), process.argv.slice(2), {
  // npm runs scripts in the project's folder; paths are meant from where the person stands.
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
