import { access, constants } from 'node:fs/promises';

/** True when the path leads to something that may be used so; false also where it may not be asked. */
export function exists(path: string, mode = constants.F_OK): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
