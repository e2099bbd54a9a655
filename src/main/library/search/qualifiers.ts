/**
 * Words that say what something is like, how many there are or which one is meant: alone they are no answer to a
 * question that also names a thing. "red pepper" may be answered by a pepper; never by a red circle.
 */
const qualifiers: ReadonlySet<string> = new Set([
  ...[
    'red',
    'orange',
    'yellow',
    'green',
    'blue',
    'purple',
    'violet',
    'pink',
    'brown',
    'black',
    'white',
    'grey',
    'gray',
  ],
  ...['cyan', 'magenta', 'golden', 'silver', 'dark', 'light', 'bright', 'pale', 'colourful', 'colorful'],
  ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'dozen'],
  ...['many', 'several', 'few', 'more', 'most', 'lots', 'single', 'double', 'pair', 'another', 'other', 'same'],
  ...['first', 'second', 'third', 'last', 'next', 'left', 'right', 'top', 'bottom', 'upper', 'lower', 'front', 'back'],
  ...['big', 'large', 'small', 'little', 'tiny', 'huge', 'tall', 'short', 'long', 'wide', 'narrow', 'thick', 'thin'],
  ...[
    'old',
    'new',
    'young',
    'fast',
    'slow',
    'quick',
    'loud',
    'quiet',
    'hot',
    'cold',
    'good',
    'bad',
    'nice',
    'beautiful',
  ],
  // Where something is, and that it is seen or said.
  ...[
    'near',
    'over',
    'under',
    'behind',
    'before',
    'after',
    'during',
    'while',
    'between',
    'through',
    'around',
    'beside',
  ],
  ...[
    'inside',
    'outside',
    'above',
    'below',
    'again',
    'also',
    'only',
    'really',
    'if',
    'out',
    'up',
    'down',
    'off',
    'away',
  ],
  ...['see', 'sees', 'seen', 'look', 'looks', 'looking', 'hear', 'hears', 'heard', 'say', 'says', 'said', 'saying'],
  ...['talk', 'talks', 'talking', 'speaks', 'speaking', 'shown', 'shows', 'showing', 'appears', 'called', 'named'],
  // Articles and small words of languages whose texts are searched as well.
  ...['le', 'la', 'les', 'un', 'une', 'des', 'du', 'de', 'et', 'der', 'die', 'das', 'den', 'dem', 'ein', 'eine', 'und'],
  ...['el', 'los', 'las', 'una', 'y', 'il', 'lo', 'gli', 'os', 'um', 'uma', 'het', 'een', 'en', 'och'],
]);

/** @param word folded */
export function isQualifying(word: string): boolean {
  return qualifiers.has(word) || /^\p{N}+$/u.test(word);
}
