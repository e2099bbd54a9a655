/** Paths written one a line; quotes that a file manager puts around a copied path are taken off. */
export function parsePaths(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim().replace(/^(["'])(.*)\1$/, '$2'));
  return [...new Set(lines.filter((line) => line !== ''))];
}
