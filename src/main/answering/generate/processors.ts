/**
 * What happens to the logits before a token is chosen. Each processor changes the array that it is given and
 * behaves like the one of the same name in transformers (`generation/logits_process.py`), in that order:
 * repetition penalty, temperature, top-k, top-p.
 */
import type { GenerationSettings } from './settings.ts';

/** @param logits (V), changed in place; @param newTokenIds what was generated so far */
export type LogitsProcessor = (logits: Float32Array, newTokenIds: readonly number[]) => void;

/** The processors that these settings ask for; greedy search is touched by the repetition penalty alone. */
export function logitsProcessors(settings: GenerationSettings): LogitsProcessor[] {
  const processors: LogitsProcessor[] = [];
  if (settings.repetitionPenalty !== 1) processors.push(repetitionPenalty(settings.repetitionPenalty));
  if (settings.temperature === 0) return processors;
  if (settings.temperature !== 1) processors.push(temperature(settings.temperature));
  if (settings.topK > 0) processors.push(topK(settings.topK));
  if (settings.topP < 1) processors.push(topP(settings.topP));
  return processors;
}

/**
 * Makes every token that was generated before less likely. The prompt does not count: the reference gives its
 * generation embeddings, so that it knows the new tokens alone.
 * @param penalty above 1 punishes, below 1 rewards
 */
export function repetitionPenalty(penalty: number): LogitsProcessor {
  return (logits, newTokenIds) => {
    for (const id of new Set(newTokenIds)) {
      const logit = logits[id] ?? Number.NEGATIVE_INFINITY;
      logits[id] = logit < 0 ? logit * penalty : logit / penalty;
    }
  };
}

export function temperature(value: number): LogitsProcessor {
  return (logits) => {
    for (let id = 0; id < logits.length; id++) logits[id] = (logits[id] as number) / value;
  };
}

/** Keeps the `k` largest logits (and what is equal to the smallest of those); the others become -Infinity. */
export function topK(k: number): LogitsProcessor {
  return (logits) => {
    if (k >= logits.length) return;
    const smallestKept = Float32Array.from(logits).sort()[logits.length - k] as number;
    for (let id = 0; id < logits.length; id++) {
      if ((logits[id] as number) < smallestKept) logits[id] = Number.NEGATIVE_INFINITY;
    }
  };
}

/** Keeps the smallest set of likeliest tokens whose probabilities reach `p`, and always the likeliest one. */
export function topP(p: number): LogitsProcessor {
  return (logits) => {
    const probabilities = softmax(logits);
    let before = 0; // probability of all that is likelier than the token at hand
    const kept = new Set<number>();
    for (const id of likelyFirst(probabilities, (1 - p) / probabilities.length / 2)) {
      if (before >= p && kept.size > 0) break;
      kept.add(id);
      before += probabilities[id] as number;
    }
    for (let id = 0; id < logits.length; id++) if (!kept.has(id)) logits[id] = Number.NEGATIVE_INFINITY;
  };
}

/**
 * Ids by falling probability. Those below `threshold` are left out before sorting: with a threshold below (1 - p) / V
 * they sum to less than 1 - p, so that none of them belongs to the top p, and most of a large vocabulary is spared.
 */
function likelyFirst(probabilities: Float64Array, threshold: number): number[] {
  const likely: number[] = [];
  for (let id = 0; id < probabilities.length; id++) if ((probabilities[id] as number) >= threshold) likely.push(id);
  return likely.sort((a, b) => (probabilities[b] as number) - (probabilities[a] as number) || a - b);
}

/** @returns probabilities (V) that sum to 1; logits of -Infinity become 0 */
export function softmax(logits: Float32Array): Float64Array {
  let largest = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > largest) largest = logit;
  const probabilities = new Float64Array(logits.length);
  let sum = 0;
  for (let id = 0; id < logits.length; id++) {
    const weight = Math.exp((logits[id] as number) - largest);
    probabilities[id] = weight;
    sum += weight;
  }
  for (let id = 0; id < logits.length; id++) probabilities[id] = (probabilities[id] as number) / sum;
  return probabilities;
}
