/** Parts of a question in whatever order they come: "the star, its colour and shape", "colour and shape of the star". */

/**
 * @param needs kinds of parts, each of which is there; "thing|kind" is either
 * @param may kinds of parts beside them
 */
export function anyOrder(needs: string, may = ''): RegExp {
  const needed = needs.split(' ').map((kinds) => `(?=(?:.* )?(?:${kinds})(?: |$))`);
  const kinds = [needs, may].join(' ').trim().replaceAll(' ', '|');
  return new RegExp(`^${needed.join('')}(?:(?:${kinds})(?: |$))+$`);
}
