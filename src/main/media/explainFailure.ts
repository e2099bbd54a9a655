/** Turns a failed run into what it means for the person: the file went away, is cut off, or is no media at all. */
import { PlayheadError } from '../../contract/index.ts';
import { checkFile } from './checkFile.ts';
import { findTruncation } from './findTruncation.ts';
import { isCrash } from './runFfmpeg.ts';
import type { Container } from './sniffContainer.ts';
import { readFileHead, sniffContainer } from './sniffContainer.ts';

/**
 * Runs `work` on a file and explains what goes wrong.
 * @throws PlayheadError `file-not-found`, `file-unreadable`, `file-empty`, `file-not-media`, `file-damaged`, and
 *   those of {@link runTool} that are not about the file
 */
export async function explainFailures<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw await explainFailure(file, error);
  }
}

async function explainFailure(file: string, error: unknown): Promise<unknown> {
  const isToolFailure = error instanceof PlayheadError && error.code === 'ffmpeg-failed';
  if (error instanceof PlayheadError && !isToolFailure) return error;
  try {
    const { sizeBytes } = await checkFile(file); // it may have been taken away meanwhile
    if (!isToolFailure) return error;
    const container = sniffContainer(await readFileHead(file));
    return await describeContents(file, sizeBytes, container, error);
  } catch (explained) {
    return explained;
  }
}

async function describeContents(
  file: string,
  sizeBytes: number,
  container: Container | null,
  error: PlayheadError,
): Promise<PlayheadError> {
  if (isCrash(error)) return error;
  const unknown = /Unknown input format: '?(\w+?)(?:_pipe)?'?$/m.exec(error.causeText ?? '')?.[1];
  if (unknown !== undefined) return unknownFormat(file, unknown);
  if (container === null) return notMedia(file, error.causeText);
  if (container === 'heif' || container === 'avif') return unreadablePicture(file, error.causeText);
  const truncation = await findTruncation(file, sizeBytes, container);
  return truncation === null
    ? damaged(file, 'The file is damaged: it begins like media but cannot be read.', error.causeText)
    : damaged(file, truncationInWords(sizeBytes, truncation.expectedBytes), error.causeText);
}

export function truncationInWords(sizeBytes: number, expectedBytes: number): string {
  return `The file is cut off: it holds ${inMegabytes(sizeBytes)} of at least ${inMegabytes(expectedBytes)}.`;
}

export function damaged(file: string, message: string, cause?: string): PlayheadError {
  return new PlayheadError({
    code: 'file-damaged',
    message,
    file,
    hint: 'Copy or download it again.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** HEIC pictures of phones are grids of tiles, which most builds of ffmpeg cannot join. */
export function unreadablePicture(file: string, cause?: string): PlayheadError {
  return new PlayheadError({
    code: 'file-unreadable',
    message: 'This HEIC or AVIF picture is of a sort that the ffmpeg in use cannot read.',
    file,
    hint: 'Save it as JPEG or PNG.',
    ...(cause === undefined ? {} : { cause }),
  });
}

export function notMedia(file: string, cause?: string): PlayheadError {
  return new PlayheadError({
    code: 'file-not-media',
    message: 'The file is not a video, sound or picture that Playhead can read, whatever its name says.',
    file,
    hint: 'Check that it opens in a player, or leave it out.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** An older ffmpeg, or one that was built without it. */
function unknownFormat(file: string, name: string): PlayheadError {
  return new PlayheadError({
    code: 'file-unreadable',
    message: `The file is of a kind ("${name}") that the ffmpeg in use cannot read.`,
    file,
    hint: 'Install a newer ffmpeg, or save it in a more usual kind (JPEG, PNG).',
  });
}

function inMegabytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @param codec "unknown (vvc1)" */
export function unknownCodec(file: string, codec: string): PlayheadError {
  const name = /\((.*)\)/.exec(codec)?.[1] ?? codec;
  const isLocked = ['encv', 'enca', 'drmi', 'drms', 'drmv'].includes(name);
  return new PlayheadError({
    code: 'file-unreadable',
    message: isLocked
      ? 'The film is locked by copy protection, so its pictures cannot be read.'
      : `The film is stored as "${name}", which the ffmpeg in use cannot read.`,
    file,
    hint: isLocked
      ? 'Only the program or service that it came from can play it.'
      : 'Install a newer ffmpeg, or convert the file to MP4 (H.264) with the program that made it.',
  });
}
