/** Gathers what comes in quick succession and hands it on together, `ms` after the first. */
export function collect<T>(ms: number, work: (gathered: T[]) => void): (item: T) => void {
  let gathered: T[] = [];
  return (item) => {
    gathered.push(item);
    if (gathered.length > 1) return;
    setTimeout(() => {
      const all = gathered;
      gathered = [];
      work(all);
    }, ms);
  };
}
