/** What a question or a description is about: a file, and the stretch of it that was asked for. */
import { resolve } from 'node:path';
import { type MediaItem, type ParsedInput, PlayheadError, type Segment } from '../../contract/index.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import { type RegisterNeeds, registerFile } from './registerFile.ts';

export interface ClipNeeds extends RegisterNeeds {
  library: RegisterNeeds['library'] & Pick<LibraryApi, 'getMedia'>;
}

type Asked = ParsedInput<'ask'>;

/** @throws PlayheadError `not-found`, `invalid-input` for a clip beyond the end, or why the file cannot be read */
export async function findClip(
  needs: ClipNeeds,
  source: Asked['source'],
  asked: Asked['segment'],
): Promise<{ item: MediaItem; segment: Segment }> {
  const item = await findSource(needs, source);
  return { item, segment: clipOfItem(item, asked) };
}

/** A file of the library, or any other file: that one is made known first, without being indexed. */
async function findSource(needs: ClipNeeds, source: Asked['source']): Promise<MediaItem> {
  if ('mediaId' in source) return (await needs.library.getMedia(source.mediaId)).item;
  return (await registerFile(needs, resolve(source.path))).item;
}

/** The clip that was asked for, within the file. An image stands still: a second of it is all of it. */
function clipOfItem(item: MediaItem, asked: Asked['segment']): Segment {
  const lastSec = item.durationSec > 0 ? item.durationSec : 1;
  const startSec = asked?.startSec ?? 0;
  if (startSec < lastSec) return { startSec, endSec: Math.min(asked?.endSec ?? lastSec, lastSec) };
  throw new PlayheadError({
    code: 'invalid-input',
    message: `The clip starts at ${startSec} s, but the file ends at ${lastSec.toFixed(1)} s.`,
    file: item.path,
    hint: 'Choose a start that lies within the file.',
  });
}
