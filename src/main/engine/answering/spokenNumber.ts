/** Numbers as people write them: "12", "twelve", "twenty-five", "third", "3rd". Pure. */

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ordinals = 'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');

/** @returns null for what is no number */
export function spokenNumber(text: string): number | null {
  const plain = text.trim().toLowerCase();
  if (/^\d+(?:\.\d+)?$/.test(plain)) return Number(plain);
  if (/^(?:a|an)$/.test(plain)) return 1;
  const [ten = '', one = ''] = plain.split(/[- ]/);
  if (one === '') return nullUnlessFound(small, ten) ?? tenOf(ten);
  const [high, low] = [tenOf(ten), nullUnlessFound(small, one)];
  return high === null || low === null ? null : high + low;
}

/** @returns -1 for the last, -2 for the last but one; null for what is none */
export function spokenOrdinal(text: string): number | null {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^very /, '');
  if (/^(?:last|final|closing)$/.test(plain)) return -1;
  if (/^(?:last but one|penultimate)$/.test(plain)) return -2;
  if (/^(?:opening|initial)$/.test(plain)) return 1;
  const digits = /^(\d+)(?:st|nd|rd|th)$/.exec(plain)?.[1];
  return digits === undefined ? nullUnlessFound(ordinals, plain) : Number(digits);
}

function tenOf(word: string): number | null {
  const at = tens.indexOf(word);
  return at < 0 ? null : (at + 2) * 10;
}

function nullUnlessFound(words: readonly string[], word: string): number | null {
  const at = words.indexOf(word);
  return at < 0 ? null : at;
}
