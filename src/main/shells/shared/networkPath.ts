/** Paths that lead to another computer. To look at one already tells that computer who asks. */

/**
 * "\\\\server\\share", "//server/share", "/\\server", "\\\\?\\UNC\\…", "smb://…". A colon alone makes no scheme: "C:\\…" is a
 * drive, and "one: two.mp4" a file.
 */
export function isNetworkPath(path: string): boolean {
  return /^([\\/]{2}|[a-z][a-z0-9+.-]+:\/\/)/i.test(path) || mounts.test(path);
}

/**
 * Where Linux and macOS show, and for some connect, other computers' folders as if they were here: the automounter's, and
 * those of GNOME's and KDE's file managers.
 */
const mounts = new RegExp(
  `^/+(${[
    '(System/Volumes/Data/)?(net|network|afs)',
    '(private/)?var/automount',
    '(var/)?run/user/[^/]+/(gvfs|kio-fuse-[^/]*)',
    '(root|home/[^/]+)/\\.gvfs',
  ].join('|')})(/|$)`,
  'i',
);
