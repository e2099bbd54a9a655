/**
 * A bounded world as one sense knows it: prototypes in a whitened space. How far a clip lies from it is the mean,
 * over the clip's descriptors, of the Mahalanobis distance to the nearest prototype.
 */
export interface World {
  /** n: numbers of one descriptor. */
  dimensions: number;
  /** W, lower triangular (n, n), packed row by row: n (n + 1) / 2. A descriptor x becomes W x. */
  whitening: Float32Array;
  /** (K, n), whitened. */
  prototypes: Float32Array;
}

/**
 * @param descriptors (r, n), one after the other in each array
 * @returns root of the mean squared deviation, in standard deviations: about 1 for a usual clip of a world with one
 *   prototype; 0 where there is no descriptor
 */
export function distanceFrom(world: World, descriptors: readonly Float32Array[]): number {
  const { dimensions } = world;
  let sum = 0;
  let rows = 0;
  for (const part of descriptors) {
    for (let at = 0; at + dimensions <= part.length; at += dimensions) {
      sum += nearest(world, whiten(world, part.subarray(at, at + dimensions)));
      rows += 1;
    }
  }
  return rows === 0 ? 0 : sum / rows;
}

/** W x */
export function whiten({ dimensions, whitening }: Omit<World, 'prototypes'>, descriptor: Float32Array): Float32Array {
  const whitened = new Float32Array(dimensions);
  let at = 0;
  for (let row = 0; row < dimensions; row++) {
    let sum = 0;
    for (let column = 0; column <= row; column++) sum += (whitening[at++] as number) * (descriptor[column] as number);
    whitened[row] = sum;
  }
  return whitened;
}

function nearest({ dimensions, prototypes }: World, whitened: Float32Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let start = 0; start < prototypes.length; start += dimensions) {
    let squared = 0;
    for (let i = 0; i < dimensions && squared < least; i++) {
      squared += ((whitened[i] as number) - (prototypes[start + i] as number)) ** 2;
    }
    if (squared < least) least = squared;
  }
  return Math.sqrt(least / dimensions);
}
