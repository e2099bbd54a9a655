/** The same numbers for both runtimes: inputs that are made from a seed. */

/** One input of a graph. @typedef {{ name: string, dims: number[], type: string }} GraphInput */

/** What the three sorts of inputs hold: 0 to 1, -1 to 1, and a picture's 0 to 255. */
export const inputSorts = 3;

/**
 * Values for an input, one for each sort: noise from 0 to 1, noise from -1 to 1, and soft stripes from 0 to 255.
 * Inputs of whole numbers hold 0 to 255 in every sort.
 * @param {GraphInput} input
 * @param {number} sort 0 to 2
 * @returns {Float32Array}
 */
export function graphInput({ dims, type }, sort) {
  const count = dims.reduce((product, size) => product * size, 1);
  const random = randomNumbers(sort + 1);
  const width = dims.at(-2) ?? 1;
  const whole = type.includes('INT');
  return Float32Array.from({ length: count }, (_, i) => {
    const noise = random();
    if (sort === 2) {
      const wave = Math.sin((i % (width * 7)) / 29) * 0.5 + Math.cos(i / (width * 31)) * 0.5;
      const value = 127.5 + 110 * wave + 10 * noise;
      return whole ? Math.floor(value) : value;
    }
    if (whole) return Math.floor(noise * 256);
    return sort === 0 ? noise : noise * 2 - 1;
  });
}

/** Noise from -1 to 1 for the sizes `dims`. @param {number[]} dims @param {number} seed @returns {Float32Array} */
export function noise(dims, seed) {
  const random = randomNumbers(seed);
  return Float32Array.from({ length: dims.reduce((product, size) => product * size, 1) }, () => random() * 2 - 1);
}

/** Mulberry32: 0 to 1. @param {number} seed */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
