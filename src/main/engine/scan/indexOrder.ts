const MIB = 2 ** 20;
const SIZE_CLASSES = 9;

/**
 * How far behind others a file is indexed: the small before the large, in steps of four times the size, so that short
 * clips can be searched while a film is waiting; and a person's own before the sample clips, for which nobody waits.
 */
export function stepsBehind(sizeBytes: number, isSample: boolean): number {
  const sizeClass = Math.floor(Math.log(Math.max(sizeBytes, 1) / MIB) / Math.log(4)) + 1;
  return Math.min(SIZE_CLASSES - 1, Math.max(0, sizeClass)) + (isSample ? SIZE_CLASSES : 0);
}
