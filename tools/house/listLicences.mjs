/** What ships: everything that package-lock.json names and that is not for development alone, and what the UI is built from. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Development packages whose code is in the built UI, or whose program ships. */
const built = ['vue', '@vueuse/core', 'reka-ui', '@lucide/vue', '@tanstack/vue-virtual', '@noble/hashes', 'electron'];

/** What ships and is no package: made from others' data, see docs/dependencies.md. */
const data = [
  { name: 'Universal Sentence Encoder (lite), as packed by @energetic-ai', version: '0.2.0', licence: 'Apache-2.0' },
  { name: 'WordNet (kinds of things)', version: '3.1', licence: 'WordNet licence, Princeton University' },
];

/** @returns {{ name: string, version: string, licence: string }[]} by name */
export function listLicences(folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  const shipped = Object.entries(packages).filter(([path, { dev }]) => {
    const name = nameOf(path);
    return path !== '' && (!dev || built.includes(name));
  });
  const licences = shipped.map(([path, { version, license }]) => ({
    name: nameOf(path),
    version,
    licence: licenceOf(license ?? ownLicence(join(folder, path))),
  }));
  const unique = new Map([...licences, ...data].map((entry) => [`${entry.name} ${entry.version}`, entry]));
  return [...unique.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function nameOf(path) {
  return path.split('node_modules/').at(-1);
}

function ownLicence(folder) {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).license : undefined;
}

function licenceOf(licence) {
  if (typeof licence === 'string') return licence;
  return licence?.type ?? 'not stated: see the package';
}
