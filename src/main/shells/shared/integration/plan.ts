/** What integrating with a system means there: files that are written, keys of the registry, and who is told of it. */

/** How the app is started from outside. */
export interface Launcher {
  /** A full path to a program, and what comes before the file. */
  command: string[];
  /** The icon as SVG, for systems that take one. */
  icon: string;
}

export interface PlannedFile {
  path: string;
  text: string;
  isExecutable?: true;
}

/** A key below HKEY_CURRENT_USER\Software\Classes; the value '' is the key's own one. */
export interface PlannedKey {
  key: string;
  values: Record<string, string>;
}

export interface IntegrationPlan {
  files: PlannedFile[];
  /** Folders that are empty after a removal go, up to this one. */
  root: string;
  keys: PlannedKey[];
  /** Programs that tell the system of the change, each with its arguments; one that is missing is passed over. */
  refresh: string[][];
  /** Files that these programs make, and that go when nothing of anybody is left in them: path, and their text then. */
  leftovers: { path: string; empty: RegExp }[];
  /** What it gives, in words. */
  offers: string[];
}

/** The name of the command wherever it is shown. */
export const askName = 'Ask about this video';
/** Stands in every file that we write: what has no such line is somebody else's and is left alone. */
export const marker = 'Made by Playhead; "playhead integrate remove" removes it.';
