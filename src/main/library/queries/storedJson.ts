/** JSON in a column: null for none, and for what the disk has made unreadable. */
export function parseStored<T>(text: string | null): T | null {
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}
