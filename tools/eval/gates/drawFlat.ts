/**
 * Flat drawings as sources for ffmpeg: "flat <ground> | <red,green,blue> <mask> | …", the lower layers first. Masks and
 * colours are expressions in x and y: pixels from the drawing's middle, of a screen 240 high.
 */

const FRAMES = 48;
const RATE = 12;
/** Width and height. */
const SIZES = [
  [320, 240],
  [426, 240],
  [240, 240],
  [240, 320],
  [640, 360],
] as const;
/** Pixels, of a screen 240 high: how far the drawing may lie from the middle, or move away from it. */
const ROOM = 30;

interface Layer {
  /** Of red, green and blue. */
  colour: string[];
  mask: string;
}

/**
 * @param recipe without the word "flat", its choices made
 * @param random where it lies, how it is turned and moves, and how large the screen is
 */
export function flatSource(recipe: string, random: () => number): string {
  const [ground = 'gray', ...layers] = recipe.split(' | ').map((part) => part.trim());
  const [width, height] = SIZES[Math.floor(random() * SIZES.length)] ?? SIZES[0];
  const unit = Math.min(width, height) / 240;
  const room = Math.round(2 * ROOM * unit);
  const between = (low: number, high: number) => (low + random() * (high - low)).toFixed(3);
  const screen = { x: (width + room) / 2, y: (height + room) / 2, unit, turn: between(-Math.PI, Math.PI) };
  const channels = ['r', 'g', 'b'].map((name, c) => `${name}='${channel(name, c, layers.map(readLayer), screen)}'`);
  const pan = (full: number) => `'clip(${between(0.2, 0.8)}*${full}+${between(-8, 8)}*t,0,${full})'`;
  return [
    `color=c=${ground}:s=${width + room}x${height + room}:r=${RATE}`,
    'trim=end_frame=1,format=gbrp',
    `geq=${channels.join(':')}`,
    `loop=${FRAMES - 1}:1,setpts=N/${RATE}/TB`,
    `crop=${width}:${height}:x=${pan(room)}:y=${pan(room)}`,
  ].join(',');
}

function readLayer(text: string): Layer {
  const at = text.lastIndexOf(' ');
  return { colour: splitOutside(text.slice(0, at)), mask: text.slice(at + 1) };
}

function channel(
  name: string,
  index: number,
  layers: readonly Layer[],
  { x, y, unit, turn }: { x: number; y: number; unit: number; turn: string },
): string {
  const along = `((X-${x})*cos(${turn})+(Y-${y})*sin(${turn}))/${unit}`;
  const across = `((Y-${y})*cos(${turn})-(X-${x})*sin(${turn}))/${unit}`;
  const drawn = layers.reduce(
    (below, { colour, mask }) => `if(${inPlace(mask)},clip(${inPlace(colour[index] ?? '0')},0,255),${below})`,
    `${name}(X,Y)`,
  );
  return `0*st(0,${along})+0*st(1,${across})+${drawn}`;
}

/** x and y as words of their own, not those within "exp" and "max". */
function inPlace(expression: string): string {
  return expression.replaceAll(/\bx\b/g, 'ld(0)').replaceAll(/\by\b/g, 'ld(1)');
}

/** At commas that stand in no brackets. */
function splitOutside(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const sign of text) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts;
}
