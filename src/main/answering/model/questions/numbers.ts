/** Numbers as the model says them. */

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];

/**
 * Is "Three." the number that was asked for?
 * @param number "two"
 * @param compare "more", "less", "least" or "most" of "more than two"; left out, exactly
 */
export function isNumber(answer: string, number: string, compare?: string): boolean {
  const said = words.indexOf(answer.toLowerCase().replace('.', ''));
  const asked = words.indexOf(number);
  const given = said < 0 ? 0 : said; // "There are no beeps."
  if (compare === 'more') return given > asked;
  if (compare === 'less') return given < asked;
  if (compare === 'least') return given >= asked;
  return compare === 'most' ? given <= asked : given === asked;
}
