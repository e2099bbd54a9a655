/** The held-out clips of the sample world, made where a person has none: `npm run eval -- sample` needs no more. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { PlayheadError } from '../../src/contract/errors.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const ownPython = join(projectFolder, '.playhead', 'python');
const ownPythonBinary = join(
  ownPython,
  ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
);
/** What drawing clips and sounds needs; `training/requirements.txt` pins it, beside what training needs. */
const numpy = 'numpy';

/**
 * The folder of a benchmark of so many clips, made at the first call: about two seconds of processor time a clip.
 * @throws PlayheadError `file-not-found` with the command to run, where Python, numpy or ffmpeg are missing
 */
export async function heldOutClips(clips: number, signal: AbortSignal): Promise<string> {
  const folder = join(projectFolder, '.playhead', `held-out-${clips}`);
  if (existsSync(folder)) return folder;
  const python = (await findPython()) ?? (await makePython());
  console.error(`Making ${clips} held-out clips in ${folder} (once) …`);
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  const args = ['-m', 'training.heldout', '--out', partial, '--clips', String(clips)];
  await execa(python, args, { cwd: projectFolder, cancelSignal: signal }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw cannotMake('The held-out clips could not be made; they need ffmpeg.', cause);
  });
  await rename(partial, folder);
  return folder;
}

/** A Python that has numpy, or null. */
async function findPython(): Promise<string | null> {
  const candidates = [process.env.PLAYHEAD_PYTHON, ownPythonBinary, 'python3', 'python'];
  return candidates.find((python) => python && hasNumpy(python)) ?? null;
}

function hasNumpy(python: string): boolean {
  return spawnSync(python, ['-c', `import ${numpy}`], { stdio: 'ignore' }).status === 0;
}

/** A Python environment with numpy alone, inside the project's own folder. */
async function makePython(): Promise<string> {
  console.error('Setting up a Python with numpy for it (once) …');
  try {
    await execa('python3', ['-m', 'venv', ownPython]);
    await execa(ownPythonBinary, ['-m', 'pip', 'install', '--quiet', numpy]);
    return ownPythonBinary;
  } catch (cause) {
    await rm(ownPython, { recursive: true, force: true });
    throw cannotMake('No Python with numpy was found to draw the held-out clips with.', cause);
  }
}

function cannotMake(message: string, cause: unknown): PlayheadError {
  return new PlayheadError(
    {
      code: 'file-not-found',
      message,
      hint: 'On Debian: `sudo apt-get install python3-numpy ffmpeg`; or name a Python that has numpy in PLAYHEAD_PYTHON.',
    },
    { cause },
  );
}
