/** Choosing the next token from processed logits. */
import { softmax } from './processors.ts';
import { randomSource } from './randomSource.ts';
import type { GenerationSettings } from './settings.ts';

/** @param logits (V), processed; @returns a token id */
export type Sampler = (logits: Float32Array) => number;

/** Greedy at temperature 0, else a draw; the same seed gives the same text. */
export function samplerFor(settings: GenerationSettings): Sampler {
  if (settings.temperature === 0) return greedy;
  return drawFrom(randomSource(settings.seed ?? Math.floor(Math.random() * 2 ** 32)));
}

/** The id of the largest logit; of equals, the first. */
export function greedy(logits: Float32Array): number {
  let best = 0;
  for (let id = 1; id < logits.length; id++) {
    if ((logits[id] as number) > (logits[best] as number)) best = id;
  }
  return best;
}

/** Draws by probability; a token whose logit is -Infinity is never drawn. */
export function drawFrom(random: () => number): Sampler {
  return (logits) => {
    const probabilities = softmax(logits);
    let rest = random(); // 0 <= rest < 1
    let last = 0;
    for (let id = 0; id < probabilities.length; id++) {
      const probability = probabilities[id] as number;
      if (probability === 0) continue;
      last = id;
      rest -= probability;
      if (rest < 0) return id;
    }
    return last; // rounding left a crumb: it belongs to the last possible token
  };
}
