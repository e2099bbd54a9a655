/** A picture for a file that has none: its loudness over time as rounded bars. Pure. */
import type { RgbImage } from '../ports/rgbImage.ts';

type Colour = readonly [number, number, number];

/** A middle slate that stands well on light and on dark pages, and bars from blue to teal. */
const BACKGROUND: Colour = [44, 54, 68];
const FIRST_BAR: Colour = [110, 168, 254];
const LAST_BAR: Colour = [94, 214, 190];
const BAR_PITCH = 6; // pixels from bar to bar, of which 4 are bar
const BAR_WIDTH = 4;
const MARGIN = 0.12; // of the height, above and below

/**
 * @param energies mean squares of short windows, in order
 * @returns width x height pixels
 */
export function drawLoudness(energies: Float32Array, width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i++) data[i] = BACKGROUND[i % 3] as number;
  const bars = Math.max(1, Math.floor((width - BAR_PITCH) / BAR_PITCH));
  const left = (width - (bars * BAR_PITCH - (BAR_PITCH - BAR_WIDTH))) / 2;
  for (const [bar, level] of loudness(energies, bars).entries()) {
    const half = Math.max(BAR_WIDTH / 2, (level * height * (1 - 2 * MARGIN)) / 2);
    const colour = mix(FIRST_BAR, LAST_BAR, bar / Math.max(1, bars - 1));
    drawBar({ width, height, data }, left + bar * BAR_PITCH + BAR_WIDTH / 2, half, colour);
  }
  return { width, height, data };
}

/** Root mean square of each part, scaled so that the loudest is 1; a root makes quiet parts visible. */
function loudness(energies: Float32Array, parts: number): number[] {
  const levels = Array.from({ length: parts }, (_, part) => {
    const from = Math.floor((energies.length * part) / parts);
    const to = Math.max(from + 1, Math.floor((energies.length * (part + 1)) / parts));
    let sum = 0;
    for (let i = from; i < to; i++) sum += energies[i] ?? 0;
    return to > from ? Math.sqrt(sum / (to - from)) : 0;
  });
  const loudest = Math.max(...levels);
  return levels.map((level) => (loudest > 1e-4 ? (level / loudest) ** 0.6 : 0));
}

/** An upright bar with round ends; edges are blended by how much of a pixel they cover. */
function drawBar(image: RgbImage, centreX: number, half: number, colour: Colour): void {
  const radius = BAR_WIDTH / 2;
  const centreY = image.height / 2;
  const straight = half - radius; // the ends are half circles
  for (let y = Math.floor(centreY - half - 1); y <= centreY + half + 1; y++) {
    for (let x = Math.floor(centreX - radius - 1); x <= centreX + radius + 1; x++) {
      if (x < 0 || y < 0 || x >= image.width || y >= image.height) continue;
      const beyond = Math.max(0, Math.abs(y + 0.5 - centreY) - straight);
      const distance = Math.hypot(x + 0.5 - centreX, beyond);
      const cover = Math.min(Math.max(radius + 0.5 - distance, 0), 1);
      const at = (y * image.width + x) * 3;
      for (let c = 0; c < 3; c++) {
        image.data[at + c] = Math.round((image.data[at + c] as number) * (1 - cover) + (colour[c] as number) * cover);
      }
    }
  }
}

function mix(a: Colour, b: Colour, share: number): Colour {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}
