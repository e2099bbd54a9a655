/** Answers in free words, which somebody has to judge: what he is asked, and what becomes of his verdicts. */
import type { BenchmarkItem, BenchmarkResult, JudgeQuestion, ReadAnswer, ScoreRow } from './benchmark.ts';
import { mean, scoreRows, share } from './scoreRows.ts';

export interface OpenItem extends BenchmarkItem {
  question: string;
  answer: string;
}

/** Nothing is read from the text itself. */
export function readNothing(text: string): ReadAnswer<string> {
  return { paper: text, strict: text.trim() === '' ? null : text, how: text.trim() === '' ? 'fallback' : 'text' };
}

/** What an aspect is judged by: the words are ours, the scale and the form of the verdict those of the reference's judge. */
export const aspects = {
  match:
    'whether the predicted answer means the same as the correct answer; synonyms and paraphrases count as the same',
  correctness:
    'whether what the predicted answer says is factually consistent with the correct answer, without misinformation',
  detail: 'how complete and how specific the predicted answer is, measured by the correct answer',
  context: 'whether the predicted answer fits the overall context of the video as the correct answer tells it',
  temporal: 'whether the predicted answer tells the order of events as the correct answer does',
  consistency: 'whether both predicted answers agree with the correct answer and with each other',
};
export type Aspect = keyof typeof aspects;

/** @param lines what is judged: "Question: …", one a line */
export function judgeBy(aspect: Aspect, lines: readonly string[]): JudgeQuestion {
  const form = aspect === 'match' ? "{'pred': 'yes', 'score': 4}" : "{'score': 4}";
  const pred = aspect === 'match' ? "'pred' is 'yes' or 'no', and " : '';
  return {
    system: `You judge answers to questions about videos and sounds. Judge ${aspects[aspect]}.`,
    user: `${lines.join('\n')}\n\nReply with a Python dictionary and nothing else: ${pred}'score' is an integer from 0 to 5, with 5 the best. For example: ${form}`,
  };
}

export function judgeAnswer(
  aspect: Aspect,
  { question, answer }: Omit<OpenItem, keyof BenchmarkItem>,
  text: string,
): JudgeQuestion {
  return judgeBy(aspect, [`Question: ${question}`, `Correct answer: ${answer}`, `Predicted answer: ${text}`]);
}

/** Share of "yes" among yes and no, as the paper has it, and the mean of the scores from 0 to 5. */
export function scoreMatches<Item extends BenchmarkItem>(
  results: readonly BenchmarkResult<Item, string>[],
): ScoreRow[] {
  return scoreRows(results, (some) => {
    const verdicts = some.flatMap(({ verdicts: [first] }) => first ?? []);
    const said = verdicts.filter(({ isMatch }) => isMatch !== null);
    return {
      accuracy: share(said.filter(({ isMatch }) => isMatch).length, said.length),
      'mean score (0–5)': mean(verdicts.map(({ score }) => score)),
      'verdicts (%)': share(verdicts.length, some.length),
    };
  });
}

/** The mean score of each aspect, in the order in which the judge was asked. */
export function scoreAspects(names: readonly string[]) {
  return <Item extends BenchmarkItem>(results: readonly BenchmarkResult<Item, string>[]): ScoreRow[] =>
    scoreRows(results, (some) =>
      Object.fromEntries(
        names.map((name, index) => [
          `${name} (0–5)`,
          mean(some.flatMap(({ verdicts }) => verdicts[index]?.score ?? [])),
        ]),
      ),
    );
}
