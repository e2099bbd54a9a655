import { access, constants } from 'node:fs/promises';
import { askDrive } from './drives.ts';

/** True when the path leads to something that may be used so; false also where it may not be asked, or the drive does not answer. */
export function exists(path: string, mode = constants.F_OK): Promise<boolean> {
  return askDrive(path, () => access(path, mode)).then(
    () => true,
    () => false,
  );
}
