import { expect, test } from 'vitest';
import { isOnNetwork, whyNotTold } from '../../../../src/main/engine/roots/fileSystems.ts';

const mounts = [
  { path: '/', type: 'ext4' },
  { path: '/mnt/nas', type: 'nfs4' },
  { path: '/mnt/nas/local', type: 'ext4' },
  { path: '/mnt/share', type: 'cifs' },
  { path: '/mnt/ssh', type: 'fuse.sshfs' },
  { path: '/mnt/stick', type: 'fuse.ntfs-3g' },
];

test.skipIf(process.platform === 'win32')(
  'what lies on another machine, or behind a program, is told to be polled',
  () => {
    const told = (path: string) => whyNotTold(path, mounts) === null;
    expect(['/home/me/Videos', '/mnt/nas/local/a', '/mnt/stick/a', '/mnt/nas2'].map(told)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['/mnt/nas', '/mnt/nas/Fotos', '/mnt/share/a', '/mnt/ssh/a'].map(told)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(whyNotTold('/mnt/share/a', mounts)).toBe('It lies on a drive that does not tell what changes on it (cifs).');
  },
);

test.skipIf(process.platform === 'win32')(
  'a drive of another machine is told from one that a program of this machine serves',
  () => {
    const own = [...mounts, { path: '/home/me', type: 'fuse.gocryptfs' }, { path: '/mnt/wsl', type: '9p' }];
    expect(['/mnt/nas/a', '/mnt/share', '/mnt/ssh'].map((path) => isOnNetwork(path, own))).toEqual([true, true, true]);
    expect(['/', '/home/me/a', '/mnt/wsl', '/mnt/stick'].map((path) => isOnNetwork(path, own))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  },
);
