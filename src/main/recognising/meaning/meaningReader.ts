/** What texts mean, as vectors of one space; those that the encoder may not read have none. */
import type { ReadMeaningsInput, RecogniserHostApi } from '../../ports/recogniserHostApi.ts';
import { openTextEncoder, type TextEncoder } from './textEncoder.ts';

export interface MeaningReader extends Pick<RecogniserHostApi, 'readMeanings'> {
  release(): Promise<void>;
}

/** Opens the encoder with the first text. @param graphFolder where the converted graph is kept */
export function createMeaningReader(graphFolder: string): MeaningReader {
  let opened: { folder: string; encoder: Promise<TextEncoder> } | null = null;

  /** One that could not be opened is tried again by the next call. */
  function encoderOf(folder: string): Promise<TextEncoder> {
    if (opened?.folder === folder) return opened.encoder;
    const encoder = openTextEncoder(folder, graphFolder);
    opened = { folder, encoder };
    encoder.catch(() => {
      opened = null;
    });
    return encoder;
  }

  return {
    async readMeanings({ folder, texts }: ReadMeaningsInput, { signal } = {}) {
      // Late: it brings the letters of sixty languages, and the process has other work to begin with.
      const { hasSeveralWords, maybeEnglish } = await import('./readsEnglish.ts');
      const mayBeRead = (text: string) => hasSeveralWords(text) && maybeEnglish(text);
      const meanings: (number[] | null)[] = [];
      for (const text of texts) {
        signal?.throwIfAborted();
        const vector = mayBeRead(text) ? await (await encoderOf(folder)).encode(text) : null;
        meanings.push(vector && [...vector]);
      }
      return meanings;
    },
    async release() {
      await (await opened?.encoder)?.release();
      opened = null;
    },
  };
}
