import { type ClipDescriptors, noDescriptors } from '../model/domain/judgeDomain.ts';
import { takeSoundApart } from '../model/domain/takeApart.ts';
import { MEL_BINS, SHIFT_SAMPLES } from '../preprocess/fbank.ts';

/** Rows of fbank that still reach into the padding: each looks at 25 ms. */
const REACH = 2;

/**
 * Collects what a bounded world compares of a clip's sound: `add` each window's normalised fbank, in order.
 * @param samples of the clip, at 16 kHz: padding is left out
 */
export function describeHearing(samples: number): {
  add: (fbank: Float32Array) => void;
  done: () => ClipDescriptors;
} {
  const windows: Float32Array[] = [];
  return {
    add: (fbank) => windows.push(fbank),
    done() {
      const fbank = joined(windows).subarray(0, Math.max(1, Math.floor(samples / SHIFT_SAMPLES) - REACH) * MEL_BINS);
      const { spectrum, events, facts } = takeSoundApart(fbank, MEL_BINS);
      return { ...noDescriptors, sound: [spectrum], events, facts };
    },
  };
}

function joined(windows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(windows.reduce((length, window) => length + window.length, 0));
  let at = 0;
  for (const window of windows) {
    all.set(window, at);
    at += window.length;
  }
  return all;
}
