/** The ffmpeg that ffmpeg-static downloads from its release page is the one that this repository names, byte for byte. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** SHA-256 of the binaries of release b6.1.1, which ffmpeg-static 5.3.0 downloads, by platform and processor. */
export const ffmpegPins = {
  'linux-x64': 'e7e7fb30477f717e6f55f9180a70386c62677ef8a4d4d1a5d948f4098aa3eb99',
  'linux-arm64': '6bb182d0d75d23028db82e9e4f723ca69b853d055698486e6984ddb2c06fb8ce',
  'darwin-x64': 'ebdddc936f61e14049a2d4b549a412b8a40deeff6540e58a9f2a2da9e6b18894',
  'darwin-arm64': 'a90e3db6a3fd35f6074b013f948b1aa45b31c6375489d39e572bea3f18336584',
  'win32-x64': '04e1307997530f9cf2fe35cba2ca7e8875ca91da02f89d6c7243df819c94ad00',
};

/**
 * Removes a binary that is another than the pinned one.
 * @returns what is to be said of it, or null: it is the pinned one, or none was downloaded
 */
export function checkDownloadedFfmpeg(folder, target = `${process.platform}-${process.arch}`, pins = ffmpegPins) {
  const binary = join(folder, target.startsWith('win32') ? 'ffmpeg.exe' : 'ffmpeg');
  if (!existsSync(binary)) return null;
  const found = createHash('sha256').update(readFileSync(binary)).digest('hex');
  const pinned = pins[target];
  if (found === pinned) return null;
  if (pinned === undefined) {
    return `The ffmpeg that ffmpeg-static downloaded could not be checked: no hash is known for ${target} (its SHA-256 is ${found}).`;
  }
  rmSync(binary);
  return 'The ffmpeg that ffmpeg-static downloaded is not the one that Playhead was made with, and was removed; another ffmpeg will be used.';
}
