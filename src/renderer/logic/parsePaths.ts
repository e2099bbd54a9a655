/** Paths as people write and paste them. */

/** One path: quotes that a file manager puts around a copied one are taken off. */
export function cleanPath(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, '$2');
}

/** Paths written one a line, each once. */
export function parsePaths(text: string): string[] {
  return [
    ...new Set(
      text
        .split('\n')
        .map(cleanPath)
        .filter((line) => line !== ''),
    ),
  ];
}

/** Where the engine puts a bundle when nothing else is said: among the library's models, named after its checkpoint. */
export function bundleFolderFor(checkpointFolder: string, libraryFolder: string): string {
  const separator = libraryFolder.includes('\\') ? '\\' : '/';
  const name = checkpointFolder.split(/[/\\]/).filter(Boolean).at(-1) ?? '<name of the checkpoint>';
  return [libraryFolder, 'models', name].join(separator);
}
