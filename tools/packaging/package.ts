/** `npm run package`: packages of this system, in `dist/`. `-- --dir` makes the folder alone, without an installer. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { builderConfig, electronBuilder } from './builderConfig.ts';
import { packArchive } from './packArchive.ts';

const { values } = parseArgs({
  options: {
    dir: { type: 'boolean', default: false },
    /** An unpacked Electron that is here already. */
    electron: { type: 'string' },
    output: { type: 'string', default: 'dist' },
  },
});

const repository = join(import.meta.dirname, '..', '..');
const output = resolve(repository, values.output);
const app = join(output, 'app');
const target = { platform: process.platform, arch: process.arch };
const files = await packArchive(repository, app, target);
console.log(`${files.length} files are packed for ${target.platform}-${target.arch}.`);

const { version } = JSON.parse(readFileSync(join(repository, 'node_modules', 'electron', 'package.json'), 'utf8')) as {
  version: string;
};
const config = join(output, 'electron-builder.json');
writeFileSync(
  config,
  JSON.stringify(builderConfig({ repository, output, electron: values.electron }, version, process.env), null, 2),
);
const where = ['--projectDir', app, '--config', config, '--publish', 'never'];
await execa('npx', ['--yes', electronBuilder, ...where, ...(values.dir ? ['--dir'] : [])], { stdio: 'inherit' });
