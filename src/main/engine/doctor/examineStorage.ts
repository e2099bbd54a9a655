import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { formatBytes } from '../../../contract/index.ts';
import { type DoctorNeeds, failure, fine, warning } from './finding.ts';

/** Bytes: below this an import or a long batch may not end well. */
const LITTLE_ROOM = 5e9;
const GROUP_AND_OTHERS = 0o077;

export const examineStorage = [
  {
    id: 'library',
    name: 'Library',
    async look({ library, storage }: DoctorNeeds) {
      if (storage.trouble) return failure(storage.trouble.message, storage.trouble.hint ?? 'Look at the log.');
      const { media, segments } = await library.counts();
      const { notices } = await library.health();
      const found = `${media} files, ${segments} segments`;
      return notices.length === 0 ? fine(found) : warning(found, notices.join(' '));
    },
  },
  {
    id: 'disk',
    name: 'Disk',
    async look({ folders }: DoctorNeeds) {
      const { bavail, bsize } = await statfs(folders.library);
      const found = `${formatBytes(bavail * bsize)} free where the library is`;
      return bavail * bsize < LITTLE_ROOM ? warning(found, 'Make room: a full model takes 5 to 25 GB.') : fine(found);
    },
  },
  {
    id: 'permissions',
    name: 'Permissions',
    async look({ folders }: DoctorNeeds) {
      await access(folders.library, constants.R_OK | constants.W_OK);
      if (process.platform === 'win32') return fine('the library can be read and written');
      const { mode } = await stat(folders.library);
      return (mode & GROUP_AND_OTHERS) === 0
        ? fine('the library can be read and written, by you alone')
        : warning(
            'other accounts of this machine can look into the library',
            'Run `chmod 700` on the library’s folder.',
          );
    },
  },
];
