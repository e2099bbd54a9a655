/**
 * Text of unknown encoding: by its byte order mark, else UTF-8 where it is valid, else UTF-16 where every other
 * byte is zero, else Windows Latin-1 (which reads anything).
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const zeros = (parity: number) => bytes.filter((byte, i) => i % 2 === parity && byte === 0).length;
  if (bytes.length >= 4 && zeros(1) > bytes.length / 4) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes.length >= 4 && zeros(0) > bytes.length / 4) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
