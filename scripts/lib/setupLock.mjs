/** One set-up at a time: a second terminal waits until the first one is done, and finds everything there. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from './nodeBinary.mjs';
import { say } from './run.mjs';

const lockFile = join(projectFolder, '.playhead', 'setup.lock');
const PAUSE_MS = 200;
/** Between making the file and writing the process id into it. */
const WRITING_MS = 2000;

/**
 * Runs `work` while no other set-up of this folder runs. The lock is a file with a process id; that of a process
 * that is gone is taken over.
 */
export function withSetupLock(work) {
  takeLock();
  process.once('exit', releaseLock);
  try {
    return work();
  } finally {
    process.off('exit', releaseLock);
    releaseLock();
  }
}

function takeLock() {
  mkdirSync(dirname(lockFile), { recursive: true });
  let hasTold = false;
  while (!tryToLock()) {
    const holder = readHolder();
    if (holder === null) continue;
    if (holder.isGone) {
      rmSync(lockFile, { force: true });
      continue;
    }
    if (!hasTold && holder.pid > 0) {
      say(`Another set-up is running (process ${holder.pid}); waiting for it …`);
      hasTold = true;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

function tryToLock() {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function releaseLock() {
  if (readHolder()?.pid === process.pid) rmSync(lockFile, { force: true });
}

/** Null where the lock was given back meanwhile. */
function readHolder() {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'));
    const isBeingWritten = pid === 0 && Date.now() - statSync(lockFile).mtimeMs < WRITING_MS;
    return { pid, isGone: !isBeingWritten && !isAlive(pid) };
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
