/** Power spectrum of 512 real values, by a 256-point complex FFT: all that the fbank needs. */

export const FFT_SIZE = 512;
const HALF = FFT_SIZE / 2;

const cosines = new Float64Array(HALF).map((_, i) => Math.cos((2 * Math.PI * i) / FFT_SIZE));
const sines = new Float64Array(HALF).map((_, i) => Math.sin((2 * Math.PI * i) / FFT_SIZE));
const reversed = new Uint16Array(HALF).map((_, i) => reverseBits(i, Math.log2(HALF)));

const real = new Float64Array(HALF);
const imaginary = new Float64Array(HALF);

/**
 * @param signal 512 values
 * @param power receives |X(k)|² for k = 0 .. 255 (the Nyquist bin is left out, as Kaldi does)
 */
export function powerSpectrum(signal: Float64Array, power: Float64Array): void {
  // Even samples as real parts, odd ones as imaginary parts, in bit-reversed order.
  for (let i = 0; i < HALF; i++) {
    const to = reversed[i] as number;
    real[to] = signal[2 * i] as number;
    imaginary[to] = signal[2 * i + 1] as number;
  }
  transformInPlace();
  // The two halves are taken apart again: X(k) = E(k) + e^(-2πik/512) O(k).
  for (let k = 0; k < HALF; k++) {
    const m = (HALF - k) % HALF;
    const evenReal = ((real[k] as number) + (real[m] as number)) / 2;
    const evenImaginary = ((imaginary[k] as number) - (imaginary[m] as number)) / 2;
    const oddReal = ((imaginary[k] as number) + (imaginary[m] as number)) / 2;
    const oddImaginary = ((real[m] as number) - (real[k] as number)) / 2;
    const c = cosines[k] as number;
    const s = sines[k] as number;
    const re = evenReal + c * oddReal + s * oddImaginary;
    const im = evenImaginary + c * oddImaginary - s * oddReal;
    power[k] = re * re + im * im;
  }
}

/** Radix-2, decimation in time, 256 points. */
function transformInPlace(): void {
  for (let size = 2; size <= HALF; size *= 2) {
    const half = size / 2;
    const step = FFT_SIZE / size;
    for (let start = 0; start < HALF; start += size) {
      for (let j = 0; j < half; j++) {
        const c = cosines[j * step] as number;
        const s = sines[j * step] as number;
        const a = start + j;
        const b = a + half;
        const re = (real[b] as number) * c + (imaginary[b] as number) * s;
        const im = (imaginary[b] as number) * c - (real[b] as number) * s;
        real[b] = (real[a] as number) - re;
        imaginary[b] = (imaginary[a] as number) - im;
        real[a] = (real[a] as number) + re;
        imaginary[a] = (imaginary[a] as number) + im;
      }
    }
  }
}

function reverseBits(value: number, bits: number): number {
  let result = 0;
  for (let i = 0; i < bits; i++) result |= ((value >> i) & 1) << (bits - 1 - i);
  return result;
}
