/**
 * The two passes of Pillow's resize of 8-bit pictures: columns first, then rows, fixed-point weights, and bytes in
 * between.
 * Source: python-pillow/Pillow, `src/libImaging/Resample.c` (`ImagingResampleHorizontal_8bpc`,
 * `ImagingResampleVertical_8bpc`).
 *
 * The sums are WebAssembly: JavaScript has no vector instructions, and one after the other they took longer than a
 * small model's networks. The text is compiled when the first picture comes, in a few milliseconds.
 */
import watr from 'watr';
import type { RgbImage } from '../../ports/rgbImage.ts';

/** Bits after the point: 32 less 8 for a byte less 2 for overshoot. */
export const PRECISION_BITS = 32 - 8 - 2;
const HALF = 1 << (PRECISION_BITS - 1);

/** Which input places make each output place of one axis, and with what weights. */
export interface Weights {
  /** Numbers for each output place: its first input place, how many there are, their weights, and unused ones. */
  stride: number;
  /** (outputs, stride); the weights in fixed point. */
  values: Int32Array;
}

/** @returns as many columns and rows as there are weights for */
export function resample(image: RgbImage, columns: Weights, rows: Weights): RgbImage {
  const inBytes = image.width * 3;
  const [width, height] = [outputsOf(columns), outputsOf(rows)];
  const outBytes = width * 3;
  const { firstRow, endRow } = inputsOf(rows);

  kernel ??= compileKernel();
  const { weigh, memory } = kernel;
  const [columnTable, rowTable, row, narrow, out] = reserve(memory, [
    columns.values.byteLength,
    rows.values.byteLength,
    inBytes,
    (endRow - firstRow) * outBytes,
    height * outBytes,
  ] as const);
  new Int32Array(memory.buffer, columnTable).set(columns.values);
  new Int32Array(memory.buffer, rowTable).set(rows.values);

  const bytes = new Uint8Array(memory.buffer);
  for (let y = firstRow; y < endRow; y++) {
    bytes.set(image.data.subarray(y * inBytes, (y + 1) * inBytes), row);
    weigh(row, 3, 3, columnTable, columns.stride, width, narrow + (y - firstRow) * outBytes);
  }
  weigh(narrow - firstRow * outBytes, outBytes, outBytes, rowTable, rows.stride, height, out);
  return { width, height, data: bytes.slice(out, out + height * outBytes) };
}

interface Kernel {
  memory: WasmMemory;
  /**
   * Weighted sums of things of `width` bytes (pixels or rows) that lie `step` bytes apart from `source` on, one for
   * each line of `table`, written one behind the other from `target` on. Reads and writes up to 3 bytes too many.
   */
  weigh(
    source: number,
    step: number,
    width: number,
    table: number,
    stride: number,
    outputs: number,
    target: number,
  ): void;
}

interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

let kernel: Kernel | undefined;

/** Four bytes at a time, each in a lane of 32 bits; the sums wrap around like Pillow's, and are cut to bytes. */
function compileKernel(): Kernel {
  const text = `(module
    (memory (export "memory") 1)
    (func (export "weigh")
      (param $source i32) (param $step i32) (param $width i32)
      (param $table i32) (param $stride i32) (param $outputs i32) (param $target i32)
      (local $x i32) (local $from i32) (local $weight i32) (local $end i32) (local $sum v128)

      (loop $output
        (local.set $x (i32.const 0))
        (loop $bytes
          (local.set $sum (i32x4.splat (i32.const ${HALF})))
          (local.set $from (i32.add
            (i32.add (local.get $source) (local.get $x))
            (i32.mul (i32.load (local.get $table)) (local.get $step))))
          (local.set $weight (i32.add (local.get $table) (i32.const 8)))
          (local.set $end (i32.add
            (local.get $weight)
            (i32.shl (i32.load offset=4 (local.get $table)) (i32.const 2))))

          (loop $input
            (local.set $sum (i32x4.add
              (local.get $sum)
              (i32x4.mul
                (v128.load32_splat (local.get $weight))
                (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (local.get $from)))))))
            (local.set $from (i32.add (local.get $from) (local.get $step)))
            (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
            (br_if $input (i32.lt_u (local.get $weight) (local.get $end))))

          (local.set $sum (i32x4.shr_s (local.get $sum) (i32.const ${PRECISION_BITS})))
          (local.set $sum (i16x8.narrow_i32x4_s (local.get $sum) (local.get $sum)))
          (v128.store32_lane 0
            (i32.add (local.get $target) (local.get $x))
            (i8x16.narrow_i16x8_u (local.get $sum) (local.get $sum)))
          (local.set $x (i32.add (local.get $x) (i32.const 4)))
          (br_if $bytes (i32.lt_u (local.get $x) (local.get $width))))

        (local.set $target (i32.add (local.get $target) (local.get $width)))
        (local.set $table (i32.add (local.get $table) (i32.shl (local.get $stride) (i32.const 2))))
        (local.set $outputs (i32.sub (local.get $outputs) (i32.const 1)))
        (br_if $output (local.get $outputs)))))`;
  return watr(text) as unknown as Kernel;
}

const PAGE = 65_536; // bytes

/** Where each of these stretches of bytes may lie, with room for the kernel's 3 bytes too many. */
function reserve<Sizes extends readonly number[]>(memory: WasmMemory, sizes: Sizes) {
  let end = 0;
  const starts = sizes.map((size) => {
    const start = end;
    end += (Math.ceil(size / 4) + 1) * 4;
    return start;
  });
  if (end > memory.buffer.byteLength) memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE));
  return starts as { [place in keyof Sizes]: number };
}

function outputsOf({ stride, values }: Weights): number {
  return values.length / stride;
}

/** The input rows that are needed at all. */
function inputsOf({ stride, values }: Weights): { firstRow: number; endRow: number } {
  const [firstRow = 0] = values;
  const [lastFirst = 0, lastCount = 0] = values.subarray(values.length - stride);
  return { firstRow, endRow: lastFirst + lastCount };
}
