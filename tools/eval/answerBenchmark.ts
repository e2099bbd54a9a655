/** Asks a bundle every question of a benchmark; a clip is read once per sense and remembered for its other questions. */

import { outOfDomainAnswer } from '../../src/contract/index.ts';
import { openMedia } from '../../src/main/media/openMedia.ts';
import type { Clip } from '../../src/main/ports/modelHostApi.ts';
import { startProgress } from '../lib/progress.ts';
import type { OpenBundle } from './openBundle.ts';
import type { BenchmarkClip, Question } from './readBenchmark.ts';
import type { AnswerRecord, ClipAnswers } from './record.ts';
import { isRight, type ScoredQuestion } from './score.ts';

export interface Answered {
  questions: ScoredQuestion[];
  clips: number;
  /** Clips of the model's own world of which it said, to any question, that it does not know them. */
  refused: number;
  /** Clips that were answered now, not by an earlier run, and how long that took. */
  clipsNow: number;
  questionsNow: number;
  seconds: number;
}

/** @param signal ends it after the question that is being answered */
export async function answerBenchmark(
  bundle: OpenBundle,
  clips: readonly BenchmarkClip[],
  record: AnswerRecord,
  signal: AbortSignal,
): Promise<Answered> {
  const known = clips.filter(({ name }) => record.known.has(name)).length;
  const progress = startProgress('answering', clips.length, known);
  const start = performance.now();
  const answered: Answered = {
    questions: [],
    clips: clips.length,
    refused: 0,
    clipsNow: clips.length - known,
    questionsNow: 0,
    seconds: 0,
  };
  try {
    for (const clip of clips) {
      const before = record.known.get(clip.name);
      const answers = before ?? (await askAll(bundle, clip, signal));
      answered.questions.push(...scored(clip, answers));
      if (answers.answers.includes(outOfDomainAnswer)) answered.refused += 1;
      if (before) continue;
      await record.keep(answers);
      answered.questionsNow += clip.questions.length;
      progress.step();
    }
  } finally {
    progress.end();
  }
  answered.seconds = (performance.now() - start) / 1000;
  return answered;
}

async function askAll(bundle: OpenBundle, clip: BenchmarkClip, signal: AbortSignal): Promise<ClipAnswers> {
  const source = await clipOf(clip.path);
  const answers = new Map<Question, string>();
  // One sense after the other, so that each prefix is used up while it is remembered.
  for (const question of clip.questions.toSorted((a, b) => a.modality.localeCompare(b.modality))) {
    signal.throwIfAborted();
    const { modality } = question;
    const output = await bundle.api.answer({ clip: source, question: question.question, modality });
    answers.set(question, output.text);
  }
  return { clip: clip.name, answers: clip.questions.map((question) => answers.get(question) ?? '') };
}

/** The whole file, as the app takes it. */
export async function clipOf(path: string): Promise<Clip> {
  const { kind, durationSec, hasAudio } = (await openMedia(path)).facts;
  return { path, kind, segment: { startSec: 0, endSec: durationSec }, hasAudio };
}

function scored({ questions }: BenchmarkClip, { answers }: ClipAnswers): ScoredQuestion[] {
  return questions.map(({ family, type, answer }, index) => ({
    family,
    type,
    isRight: isRight(answers[index] ?? '', answer),
  }));
}
