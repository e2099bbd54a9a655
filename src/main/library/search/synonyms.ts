/**
 * English names of the same thing, for the things that a detector names with one word. Applied to the question,
 * never to the index; the reason of a hit shows the word that was really found.
 */

/** Names of one thing: each of them finds all the others. */
const SAME: readonly string[][] = [
  ['tv', 'television', 'tvmonitor', 'tv monitor', 'television set', 'tv set', 'telly'],
  ['person', 'people', 'human', 'folks'],
  ['someone', 'somebody', 'anyone', 'anybody'],
  ['bicycle', 'bike', 'pushbike'],
  ['motorcycle', 'motorbike', 'motor bike'],
  ['car', 'automobile', 'auto'],
  ['airplane', 'aeroplane', 'plane', 'aircraft', 'jet'],
  ['truck', 'lorry'],
  ['boat', 'ship', 'sailboat', 'vessel'],
  ['traffic light', 'traffic lights', 'stoplight'],
  ['fire hydrant', 'hydrant'],
  ['cat', 'kitten', 'kitty'],
  ['dog', 'puppy', 'doggy'],
  ['cow', 'cattle'],
  ['horse', 'pony'],
  ['backpack', 'rucksack'],
  ['handbag', 'purse'],
  ['tie', 'necktie'],
  ['suitcase', 'luggage'],
  ['umbrella', 'parasol'],
  ['skis', 'ski'],
  ['sports ball', 'ball', 'football', 'soccer ball', 'tennis ball', 'basketball'],
  ['tennis racket', 'racket', 'racquet', 'tennis racquet'],
  ['wine glass', 'wineglass'],
  ['cup', 'mug'],
  ['hot dog', 'hotdog'],
  ['donut', 'doughnut'],
  ['couch', 'sofa', 'settee'],
  ['potted plant', 'pottedplant', 'houseplant', 'flowerpot'],
  ['dining table', 'diningtable', 'dinner table'],
  ['laptop', 'notebook computer'],
  ['remote', 'remote control'],
  ['cell phone', 'cellphone', 'mobile phone', 'mobile', 'smartphone', 'phone', 'telephone'],
  ['oven', 'stove', 'cooker'],
  ['refrigerator', 'fridge'],
  ['teddy bear', 'teddy'],
  ['hair drier', 'hair dryer', 'hairdryer'],
  ['ukulele', 'uke'],
];

/** Who else a person may be called. */
const PERSONS = ['man', 'woman', 'men', 'women', 'child', 'children', 'boy', 'girl', 'crowd', 'audience'];

/** A wider word finds the narrower ones; not the other way, for that would claim more than is known. */
const NARROWER: Readonly<Record<string, string[]>> = {
  person: [...PERSONS, 'someone'],
  /** Who is heard is someone, and not yet a person that is seen. */
  someone: [...PERSONS, 'person', 'voice'],
  speech: ['speaking'],
  talk: ['speaking'],
  animal: ['bird', 'cat', 'dog', 'horse', 'sheep', 'cow', 'elephant', 'bear', 'zebra', 'giraffe'],
  pet: ['cat', 'dog'],
  vehicle: ['car', 'truck', 'bus', 'motorcycle', 'bicycle', 'train', 'boat', 'airplane'],
  fruit: ['apple', 'banana', 'orange'],
  food: ['sandwich', 'pizza', 'hot dog', 'donut', 'cake', 'broccoli', 'carrot', 'apple', 'banana', 'orange'],
  furniture: ['chair', 'couch', 'bed', 'dining table', 'bench'],
  seat: ['chair', 'couch', 'bench'],
  plant: ['potted plant'],
  flower: ['potted plant'],
  table: ['dining table'],
  desk: ['dining table'],
  glass: ['wine glass'],
  screen: ['tv', 'laptop'],
  monitor: ['tv'],
  watch: ['clock'],
  bag: ['handbag', 'backpack', 'suitcase'],
  drink: ['bottle', 'cup', 'wine glass'],
};

const sameAs = new Map<string, string[]>(SAME.flatMap((names) => names.map((name) => [name, names] as const)));

/** The longest name above, in words. */
export const LONGEST_NAME = 2;

/** True when `name` (folded, words joined by one space) stands in the dictionary. */
export function isKnownName(name: string): boolean {
  return sameAs.has(name) || Object.hasOwn(NARROWER, name);
}

/** The other names under which the thing may be known, folded; empty when it has none. */
export function synonymsOf(name: string): string[] {
  const names = sameAs.get(name) ?? [name];
  const narrower = names.flatMap((each) => (Object.hasOwn(NARROWER, each) ? (NARROWER[each] ?? []) : []));
  const all = [...names, ...narrower.flatMap((each) => sameAs.get(each) ?? [each])];
  return [...new Set(all)].filter((each) => each !== name);
}
