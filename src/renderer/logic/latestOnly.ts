/** Runs questions of which only the newest counts: an answer that comes after a newer question is thrown away. */
export interface LatestOnly {
  /** The result, or `null` when a newer run has begun meanwhile; a late failure is swallowed the same way. */
  run<T>(work: () => Promise<T>): Promise<T | null>;
  /** Makes every run under way too late. */
  forget(): void;
}

export function createLatestOnly(): LatestOnly {
  let newest = 0;
  return {
    async run(work) {
      const mine = ++newest;
      try {
        const result = await work();
        return mine === newest ? result : null;
      } catch (error) {
        if (mine === newest) throw error;
        return null;
      }
    },
    forget() {
      newest++;
    },
  };
}
