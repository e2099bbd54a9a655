/**
 * Which things are of a kind: "musical instrument" finds a ukulele. From WordNet 3.1 (Princeton University), by
 * `tools/buildKinds.ts`. A wider word finds narrower ones, never the other way, for that would claim more than is known.
 */
import table from './kindsOfThings.json' with { type: 'json' };

interface Kind {
  /** Names that mean it most often. */
  usual: string[];
  narrower: number[];
}

interface Kinds {
  kinds: Kind[];
  /** By every name, also one that mostly means something else: "plant" is a factory, and what grows. */
  placesOf: Map<string, number[]>;
}

let opened: Kinds | null = null;
/** That something is one of these is no answer: a car is a container, too. */
const TOO_WIDE = new Set([
  'device',
  'container',
  'covering',
  'structure',
  'instrumentality',
  'article',
  'unit',
  'line',
]);

/** The names of things of this kind, one or two words each; none for a name that is no kind, or too wide a one. */
export function namesOfKind(name: string): string[] {
  if (TOO_WIDE.has(name)) return [];
  opened ??= open();
  const { kinds, placesOf } = opened;
  const reached = new Set<number>();
  const waiting = (placesOf.get(name) ?? []).flatMap((place) => kinds[place]?.narrower ?? []);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...(kinds[next]?.narrower ?? []));
  }
  const names = [...reached].flatMap((place) => kinds[place]?.usual ?? []);
  return [...new Set(names)].filter((each) => each !== name);
}

/** Each line: the names that mean it most often; others; the places (base 36) of what it is a kind of. */
function open(): Kinds {
  const lines = table.kinds.split('\n').map((line) => line.split(';').map((part) => part.split(',').filter(Boolean)));
  const kinds: Kind[] = lines.map(([usual = []]) => ({ usual, narrower: [] }));
  const placesOf = new Map<string, number[]>();
  for (const [place, [usual = [], other = [], parents = []]] of lines.entries()) {
    for (const parent of parents) kinds[Number.parseInt(parent, 36)]?.narrower.push(place);
    for (const each of [...usual, ...other]) placesOf.set(each, [...(placesOf.get(each) ?? []), place]);
  }
  return { kinds, placesOf };
}
