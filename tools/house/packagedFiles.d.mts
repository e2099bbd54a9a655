export interface PackagedFile {
  /** From the repository's folder. */
  path: string;
  bytes: number;
}
export interface PackagedPart {
  part: string;
  files: PackagedFile[];
}
export function packagedParts(folder: string, target?: { platform: string; arch: string }): PackagedPart[];
export function bytesOf(files: readonly PackagedFile[]): number;
export function filesUnder(folder: string, path: string): PackagedFile[];
