import { describeSound } from '../model/domain/descriptors.ts';
import { MEL_BINS, SHIFT_SAMPLES } from '../preprocess/fbank.ts';

/** Collects what a bounded world compares of a clip's sound, window by window; padding is left out. */
export function describeWindows(
  samples: number,
  windows: readonly Float32Array[],
): { descriptors: Float32Array[]; add: (fbank: Float32Array) => void } {
  const descriptors: Float32Array[] = [];
  const windowSamples = windows[0]?.length ?? 0;
  return {
    descriptors,
    add(fbank) {
      const left = samples - descriptors.length * windowSamples;
      descriptors.push(describeSound(fbank, MEL_BINS, Math.floor(left / SHIFT_SAMPLES)));
    },
  };
}
