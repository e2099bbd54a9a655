/** Whether node_modules holds what the lock file names, whoever installed it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modulesFolder, projectFolder } from './nodeBinary.mjs';

/**
 * True when every package of the lock file is there, as npm itself wrote down at the end of `npm ci` or `npm install`
 * (`node_modules/.package-lock.json`); packages for other systems, and such as may fail to install, can be missing.
 */
export function hasAllPackages() {
  const installed = readPackages(join(modulesFolder, '.package-lock.json'));
  if (installed === null) return false;
  const wanted = readPackages(join(projectFolder, 'package-lock.json')) ?? {};
  return Object.entries(wanted).every(([folder, wish]) => {
    if (folder === '') return true;
    const found = installed[folder];
    if (found === undefined) return isOptional(wish);
    return found.version === wish.version && existsSync(join(projectFolder, folder, 'package.json'));
  });
}

function isOptional({ optional, devOptional }) {
  return optional === true || devOptional === true;
}

/** By folder ("node_modules/zod"); null where npm has finished no installation. */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}
