/** Folders, folded, whose names say where files lie and not what they show. */
export const ordinaryFolders: ReadonlySet<string> = new Set([
  ...[
    'home',
    'users',
    'user',
    'root',
    'mnt',
    'media',
    'volumes',
    'run',
    'srv',
    'data',
    'tmp',
    'temp',
    'var',
    'c:',
    'd:',
  ],
  ...['desktop', 'documents', 'downloads', 'videos', 'movies', 'pictures', 'photos', 'music', 'clips', 'files', 'dcim'],
]);
