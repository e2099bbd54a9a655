/** Which clips a bundle takes for its own world: those that it captions. */
import { clipOf } from '../answerBenchmark.ts';
import type { OpenBundle } from '../openBundle.ts';

export interface JudgedClip {
  kind: string;
  path: string;
  /** What the model said of it; null where it said that it does not know such footage. */
  caption: string | null;
}

export async function judgeFootage(
  bundle: OpenBundle,
  clips: readonly { kind: string; path: string }[],
): Promise<JudgedClip[]> {
  const judged: JudgedClip[] = [];
  for (const { kind, path } of clips) {
    const { text, provenance } = await bundle.api.caption({
      clip: await clipOf(path),
      generation: { maxNewTokens: 60 },
    });
    judged.push({ kind, path, caption: provenance.stopReason === 'out-of-domain' ? null : text });
  }
  return judged;
}
