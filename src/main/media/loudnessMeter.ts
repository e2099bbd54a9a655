/** Sound in pieces -> one number per window: what is held grows by four bytes a window, whatever the pieces are. */

export interface LoudnessMeter {
  /** Takes the next bytes of mono sound: 32-bit floats, little-endian, cut anywhere. */
  push(bytes: Uint8Array): void;
  /** The mean square of each window so far, 0 to 1; a last incomplete window counts as it is. Ends the measuring. */
  end(): Float32Array;
}

const BYTES_PER_SAMPLE = 4;
/** Windows that there is room for at least; more are made room for by a half of what there is. */
const LEAST_ROOM = 1024;

/**
 * @param samplesPerWindow samples whose squares are averaged
 * @param expectedWindows how many are likely to come; a wrong number costs copying, nothing else
 */
export function createLoudnessMeter(samplesPerWindow: number, expectedWindows: number): LoudnessMeter {
  let energies = new Float32Array(Math.max(LEAST_ROOM, Math.ceil(expectedWindows)));
  let windows = 0;
  let sum = 0;
  let count = 0;
  /** The bytes of a sample that was cut, in `seam[0..cut]`. */
  const seam = new Uint8Array(BYTES_PER_SAMPLE);
  const seamView = new DataView(seam.buffer);
  let cut = 0;

  function addWindow(): void {
    if (windows === energies.length) {
      const larger = new Float32Array(windows + Math.ceil(windows / 2));
      larger.set(energies);
      energies = larger;
    }
    energies[windows++] = sum / count;
    sum = 0;
    count = 0;
  }

  function addSample(sample: number): void {
    sum += sample * sample;
    if (++count === samplesPerWindow) addWindow();
  }

  return {
    push(bytes) {
      let at = 0;
      if (cut > 0) {
        while (cut < BYTES_PER_SAMPLE && at < bytes.length) seam[cut++] = bytes[at++] as number;
        if (cut < BYTES_PER_SAMPLE) return;
        addSample(seamView.getFloat32(0, true));
        cut = 0;
      }
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (; at + BYTES_PER_SAMPLE <= bytes.length; at += BYTES_PER_SAMPLE) addSample(view.getFloat32(at, true));
      while (at < bytes.length) seam[cut++] = bytes[at++] as number;
    },
    end() {
      if (count > 0) addWindow();
      return energies.subarray(0, windows);
    },
  };
}
