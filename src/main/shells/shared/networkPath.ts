/** Paths that lead to another computer. To look at one already tells that computer who asks. */

/**
 * "\\\\server\\share", "//server/share", "/\\server", "\\\\?\\UNC\\…", "smb://…". A colon alone makes no scheme: "C:\\…" is a
 * drive, and "one: two.mp4" a file.
 */
export function isNetworkPath(path: string): boolean {
  return /^([\\/]{2}|[a-z][a-z0-9+.-]+:\/\/)/i.test(path) || mounts.test(path);
}

/** Where Linux and macOS show, and for some connect, other computers' folders as if they were here. */
const mounts = /^\/+(net|network|afs|run\/user\/[^/]+\/gvfs|home\/[^/]+\/\.gvfs)(\/|$)/i;
