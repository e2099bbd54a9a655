/**
 * Folders that hold no files of a person's own: bins, previews and copies that network drives, systems, cameras and
 * programs keep beside them. Lower case.
 */
const NAMES = new Set([
  // network drives
  ...['@eadir', '@tmp', '@synoeastream', '@recycle', '@recently-snapshot', '#recycle', '#snapshot', '.@__thumb'],
  ...['network trash folder', 'temporary items'],
  // systems
  ...['$recycle.bin', 'recycler', 'recycled', 'system volume information', 'lost+found', 'found.000', '__macosx'],
  // programs
  ...['node_modules', '__pycache__', 'thumbnails.lrdata'],
]);

/** Folders that are a program's document: what lies in them are previews, apart from these places. */
const PACKAGES: Record<string, readonly string[]> = {
  '.photoslibrary': ['originals', 'masters'],
  '.aplibrary': ['masters'],
  '.imovielibrary': [],
  '.fcpbundle': [],
  '.lrdata': [],
  '.lrlibrary': [],
};

/** Folders of a camera's card, each known by the one beside or above it: previews of what lies in the other folders. */
const CAMERA_FOLDERS: { name: string; parent?: string; beside?: string }[] = [
  { name: 'misc', beside: 'dcim' },
  { name: 'thmbnl', parent: 'm4root' },
  { name: 'sub', parent: 'm4root' },
  { name: 'canonmsc', parent: 'dcim' },
];

export interface FolderPlace {
  /** Names, lower case. */
  name: string;
  parent: string;
  siblings: ReadonlySet<string>;
}

export function isSystemFolder({ name, parent, siblings }: FolderPlace): boolean {
  const place = Object.entries(PACKAGES).find(([ending]) => parent.endsWith(ending));
  if (place !== undefined) return !place[1].includes(name);
  const isPackage = Object.entries(PACKAGES).some(([ending, kept]) => kept.length === 0 && name.endsWith(ending));
  return NAMES.has(name) || /^\.trash(es|-\d+)?$/.test(name) || isPackage || isCameraFolder({ name, parent, siblings });
}

function isCameraFolder({ name, parent, siblings }: FolderPlace): boolean {
  return CAMERA_FOLDERS.some(
    (known) =>
      known.name === name &&
      (known.parent === undefined || known.parent === parent) &&
      (known.beside === undefined || siblings.has(known.beside)),
  );
}
