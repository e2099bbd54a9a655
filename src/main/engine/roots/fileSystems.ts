/** Where a system does not tell of changes: on drives of other machines, and behind file systems that programs serve. */
import { readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';

/** As Linux names them. `fuse` is whatever a program serves: of some it tells changes, of others not. */
const SILENT =
  /^(nfs\d?|cifs|smb\w*|9p|afs|ceph|glusterfs|lustre|davfs|ncpfs|vboxsf|vmhgfs|virtiofs|fuse(\..*)?|prl_fs)$/;
/** A FUSE that is a disk of this machine. */
const TOLD = /^fuse\.(ntfs-3g|exfat|mergerfs)$/;

/** Drives of other machines, where the locks of a library do not hold. */
const NETWORK =
  /^(nfs\d?|cifs|smb\w*|afs|ceph|glusterfs|lustre|davfs|ncpfs|fuse\.(sshfs|rclone|davfs2?|smbnetfs|s3fs|glusterfs|ceph-fuse))$/;

interface Mount {
  path: string;
  type: string;
}

/**
 * Why changes in this folder are not told at once, in words; null where they are. Nothing is asked of the drive itself.
 * @param mounts as the system lists them; Linux alone does
 */
export function whyNotTold(folder: string, mounts: readonly Mount[] = listMounts()): string | null {
  if (process.platform === 'win32') return isWindowsShare(folder) ? sharedByAnother : null;
  const type = typeOf(folder, mounts);
  return SILENT.test(type) && !TOLD.test(type) ? `${sharedByAnother.slice(0, -1)} (${type}).` : null;
}

/** @param mounts as the system lists them; Linux alone does */
export function isOnNetwork(folder: string, mounts: readonly Mount[] = listMounts()): boolean {
  return process.platform === 'win32' ? isWindowsShare(folder) : NETWORK.test(typeOf(folder, mounts));
}

function isWindowsShare(folder: string): boolean {
  return /^[\\/]{2}[^.?]/.test(resolve(folder));
}

/** "" where nothing is listed. */
function typeOf(folder: string, mounts: readonly Mount[]): string {
  const path = resolve(folder);
  const around = mounts.filter(({ path: at }) => path === at || path.startsWith(at.endsWith(sep) ? at : at + sep));
  return around.sort((a, b) => b.path.length - a.path.length)[0]?.type ?? '';
}

const sharedByAnother = 'It lies on a drive that does not tell what changes on it.';

/** Of Linux; none elsewhere. */
function listMounts(): Mount[] {
  try {
    const lines = readFileSync('/proc/self/mounts', 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => {
      const [, path = '', type = ''] = line.split(' ');
      return { path: path.replace(/\\(\d{3})/g, (_all, code) => String.fromCharCode(Number.parseInt(code, 8))), type };
    });
  } catch {
    return [];
  }
}
