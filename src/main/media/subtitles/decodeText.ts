import { decodeInPieces } from './decodeBytes.ts';
import { type DetectedEncoding, detectEncoding } from './detectEncoding.ts';

export interface DecodedText extends DetectedEncoding {
  text: string;
}

/**
 * Text of unknown encoding.
 * @param hinted encodings of the language that the file's name tells, the likeliest first
 */
export async function decodeText(bytes: Uint8Array, hinted: readonly string[] = []): Promise<DecodedText> {
  const detected = await detectEncoding(bytes, hinted);
  return { ...detected, text: await decodeInPieces(bytes, detected.encoding) };
}
