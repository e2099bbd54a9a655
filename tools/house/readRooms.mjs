/** The rooms of the house: folders with a TypeScript project of their own, and which others each may import. */
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/**
 * @param {string} projectFolder
 * @returns {Map<string, string[]>} by folder ("src/main/media"): the folders that it references
 */
export function readRooms(projectFolder) {
  const read = (folder) => JSON.parse(readFileSync(join(projectFolder, folder, 'tsconfig.json'), 'utf8'));
  const nameOf = (path) => toUnix(relative(projectFolder, path));
  const othersOf = (folder) =>
    (read(folder).references ?? []).map(({ path }) => nameOf(resolve(projectFolder, folder, path)));
  const folders = read('.').references.map(({ path }) => path);
  return new Map(folders.filter((folder) => folder !== 'tests').map((folder) => [folder, othersOf(folder)]));
}

/** In words, where the table on the page and the projects differ. */
export function compareRooms(page, rooms) {
  const rows = new Map(readRows(page).map(({ folder, others }) => [folder, others]));
  const missing = [...rooms.keys()].filter((folder) => !rows.has(folder));
  const gone = [...rows.keys()].filter((folder) => !rooms.has(folder));
  const wrong = [...rows].filter(([folder, others]) => rooms.has(folder) && others !== inWords(rooms.get(folder)));
  return [
    ...missing.map((folder) => `${folder} is a room and not in the table`),
    ...gone.map((folder) => `${folder} is in the table and no room`),
    ...wrong.map(([folder, others]) => `${folder} may import ${inWords(rooms.get(folder))}; the table says ${others}`),
  ];
}

/** The page with each row's last column as the projects have it. */
export function writeTable(page, rooms) {
  return page
    .split('\n')
    .map((line) => {
      const row = readRow(line);
      return row && rooms.has(row.folder)
        ? `| \`${row.folder}\` | ${row.what} | ${inWords(rooms.get(row.folder))} |`
        : line;
    })
    .join('\n');
}

/** "contract, media, answering/model": without what all have in common. */
function inWords(folders) {
  const names = folders.map((folder) => folder.replace(/^src\/(main\/)?/, ''));
  return names.length === 0 ? 'none' : names.join(', ');
}

function readRows(page) {
  return page
    .split('\n')
    .map(readRow)
    .filter((row) => row !== null);
}

/** One row: "| `src/main/media` | what it does | contract, ports |". */
function readRow(line) {
  const found = /^\| `(src\/[\w/]+|tools|bench)` \| (.*) \| ([^|]*) \|$/.exec(line);
  return found && { folder: found[1], what: found[2], others: found[3].trim() };
}

function toUnix(path) {
  return path.replaceAll('\\', '/');
}
