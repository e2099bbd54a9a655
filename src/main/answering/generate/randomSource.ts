/**
 * Random numbers that a seed determines: sfc32 of Chris Doty-Humphrey's PractRand, seeded through splitmix32.
 * @param seed any whole number; its low 32 bits count
 * @returns a function that gives numbers from 0 to below 1
 */
export function randomSource(seed: number): () => number {
  const next = splitmix32(seed | 0);
  let [a, b, c, counter] = [next(), next(), next(), 1];
  const sfc32 = () => {
    const value = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + value;
    c |= 0;
    return (value >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) sfc32(); // the first values still look like the seed
  return sfc32;
}

function splitmix32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}
