/** How the folder is named that an import writes until its bundle is whole. */

/** "x.partial"; "x.partial-2" where the first one is somebody else's. */
export function partialFolder(bundleFolder: string, count = 1): string {
  return count === 1 ? `${bundleFolder}.partial` : `${bundleFolder}.partial-${count}`;
}

export function isPartialName(name: string): boolean {
  return /\.partial(-\d+)?$/.test(name);
}
