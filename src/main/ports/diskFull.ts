/** A full disk, whoever meets it: the file system, SQLite or ffmpeg. */
import { PlayheadError } from '../../contract/index.ts';

/** True for what the file system, SQLite and Playhead itself call a full disk or a used-up quota. */
export function isDiskFull(thrown: unknown): boolean {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return /^(disk-full|ENOSPC|EDQUOT|SQLITE_FULL)$/.test(code);
}

interface FullDisk {
  file?: string;
  hint?: string;
  cause: unknown;
}

/** @param what could not be done, as the end of a sentence: "a thumbnail could not be written" */
export function diskFull(
  what: string,
  { file, cause, hint = 'Free some space, then try again.' }: FullDisk,
): PlayheadError {
  const info = { code: 'disk-full', message: `The disk is full: ${what}.`, hint } as const;
  return new PlayheadError(file === undefined ? info : { ...info, file }, { cause });
}
