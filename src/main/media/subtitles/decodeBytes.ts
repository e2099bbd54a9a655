/**
 * Bytes of a known encoding to text. iconv-lite decodes, because the encodings that a runtime's TextDecoder knows depend
 * on how it was built; the few that it lacks are left to TextDecoder.
 */
import { setImmediate } from 'node:timers/promises';
import iconv from 'iconv-lite';

/** Bytes of one piece: a few milliseconds of work. */
const PIECE = 2 ** 17;

/** For a short sample: the thread is busy until it is done. */
export function decodeBytes(bytes: Uint8Array, encoding: string): string {
  const decoder = decoderOf(encoding);
  return tidy(decoder.write(bytes) + decoder.end(), encoding);
}

/** As {@link decodeBytes}, with the thread free for others between pieces. */
export async function decodeInPieces(bytes: Uint8Array, encoding: string): Promise<string> {
  const decoder = decoderOf(encoding);
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += decoder.write(bytes.subarray(at, at + PIECE));
    await setImmediate();
  }
  return tidy(text + decoder.end(), encoding);
}

interface Decoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

function decoderOf(encoding: string): Decoder {
  if (iconv.encodingExists(encoding)) {
    const decoder = iconv.getDecoder(encoding, { stripBOM: true });
    const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return { write: (bytes) => decoder.write(asBuffer(bytes)), end: () => decoder.end() ?? '' };
  }
  const decoder = new TextDecoder(encoding);
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/** Vietnamese accents are letters of their own in windows-1258. */
function tidy(text: string, encoding: string): string {
  return encoding === 'windows-1258' ? text.normalize() : text;
}
