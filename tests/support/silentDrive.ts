/** A drive that is mounted and answers nothing, as a network drive does whose server is gone: a FUSE that nobody serves. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mount = 'mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 silent "$1"';

/** Null where one can be mounted, which needs root on Linux; else why not. */
export const noSilentDrive = canMount() ? null : 'no FUSE can be mounted here';

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'playhead-silent-'));
  const { status } = spawnSync('sh', ['-c', `exec 3<>/dev/fuse && ${mount} && umount -l "$1"`, 'sh', folder]);
  rmSync(folder, { recursive: true, force: true });
  return status === 0;
}

/** Whatever is asked of `folder`, an empty one, is answered by nobody until `end`; then with an error. */
export async function mountSilentDrive(folder: string): Promise<{ end(): Promise<void> }> {
  const script = `exec 3<>/dev/fuse && ${mount} && echo mounted && exec sleep 600`;
  const holder: ChildProcess = spawn('sh', ['-c', script, 'sh', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout as NodeJS.ReadableStream, 'data');
  return {
    async end() {
      holder.kill('SIGKILL');
      await once(holder, 'close');
      spawnSync('umount', ['-l', folder]);
    },
  };
}
