/**
 * `npm run packaged-size`: what a packaged app would weigh on this system, part by part, from the packages that are
 * installed and the build; with `--list`, its files, one a line, for whoever packs it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/lib/nodeBinary.mjs';
import { fail } from '../../scripts/lib/run.mjs';
import { bytesOf, filesUnder, packagedParts } from './packagedFiles.mjs';

/** Parts below this are told together. */
const smallMb = 1;

if (!existsSync(join(projectFolder, 'out', 'main'))) fail('There is no build to measure: run "npm run build" first.');
const parts = packagedParts(projectFolder);
if (process.argv.includes('--list')) {
  for (const { files } of parts) for (const { path } of files) console.log(path);
} else {
  printTable();
}

function printTable() {
  const small = parts.filter(({ files }) => inMb(bytesOf(files)) < smallMb);
  for (const { part, files } of parts.filter((each) => !small.includes(each))) print(part, files);
  print(
    `${small.length} smaller parts`,
    small.flatMap(({ files }) => files),
  );
  const electron = electronFiles();
  if (electron.length > 0) print('electron', electron);
  print('together', [...parts.flatMap(({ files }) => files), ...electron]);
  if (electron.length === 0)
    console.log('\nwithout Electron itself, whose binary has not been fetched here ("npm start" does)');
}

function print(name, files) {
  console.log(`${inMb(bytesOf(files)).toFixed(1).padStart(8)} MB  ${String(files.length).padStart(6)} files  ${name}`);
}

function inMb(bytes) {
  return bytes / 1e6;
}

function electronFiles() {
  const dist = join(projectFolder, 'node_modules', 'electron', 'dist');
  return existsSync(dist) ? filesUnder(projectFolder, 'node_modules/electron/dist') : [];
}
