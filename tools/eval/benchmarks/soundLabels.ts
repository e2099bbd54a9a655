/** Sounds that are to be named by one of some labels: TUT2017 and VocalSound. As VideoLLaMA 2's `inference_audio.py` asks. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Benchmark, type BenchmarkItem, defineBenchmark, type ReadAnswer } from './benchmark.ts';
import { folderOf, readJsonLines } from './benchmarkFiles.ts';
import { answerByLetter, letterOf, optionLines, readStrictly } from './choices.ts';
import { findByPath, scoreRight } from './words.ts';

interface LabelItem extends BenchmarkItem {
  answer: string;
}

const schema = z.object({ audio: z.string().min(1), gt: z.string().min(1) });

interface LabelledSounds extends Pick<Benchmark, 'id' | 'name'> {
  /** The questions, by pattern. */
  files: string;
  question: string;
  labels: string[];
}

function soundLabels({ id, name, files, question, labels }: LabelledSounds) {
  return defineBenchmark<LabelItem, boolean>({
    ...{ id, name, family: 'AQA' },
    layout: `${files} with a line {audio, gt} a sound; the sounds beside it or in audio/`,
    async load(root) {
      const [file = files] = globSync(files, { cwd: root }).sort();
      const sounds = folderOf(root, 'audio', 'audio_16k');
      const entries = await readJsonLines(join(root, file), schema);
      return entries.map(({ audio, gt }, index) => ({
        id: `${index}/${audio}`,
        answer: gt,
        media: findByPath(sounds, audio, 'audio'),
        groups: { label: gt },
      }));
    },
    // The stop before the last sentence is theirs.
    prompt: () => `${question}\nOptions:\n${optionLines(labels)}.${answerByLetter}`,
    parse: (text, item) => readLabel(text, item, labels),
    score: scoreRight,
  });
}

/** The label anywhere in what was said, or a letter that is all that was said: "A." is no letter there. */
function readLabel(text: string, { answer }: LabelItem, labels: readonly string[]): ReadAnswer<boolean> {
  const said = text.trim().toUpperCase();
  const letter =
    said
      .match(/^(?:\(([A-Z])\)|([A-Z]))$/)
      ?.slice(1)
      .find(Boolean) ?? '';
  const named = labels.find((_, index) => letterOf(index) === letter) ?? '';
  const isNamed = said.includes(answer.toUpperCase());
  const strict = readStrictly(text, labels);
  return {
    paper: isNamed || named.toUpperCase().includes(answer.toUpperCase()),
    strict: strict === null ? null : labels[strict]?.toLowerCase() === answer.toLowerCase(),
    how: named !== '' ? 'letter' : labels.some((label) => said.includes(label.toUpperCase())) ? 'text' : 'fallback',
  };
}

export const tut2017 = soundLabels({
  id: 'tut2017',
  name: 'TUT2017',
  files: '*.jsonl',
  question: 'Question: Identify the sound event in the audio.',
  labels: [
    ...['beach', 'bus', 'cafe or restaurant', 'car', 'city center', 'forest path', 'grocery store', 'home'],
    ...['library', 'metro station', 'office', 'park', 'residential area', 'train', 'tram'],
  ],
});

export const vocalSound = soundLabels({
  id: 'vocalsound',
  name: 'VocalSound',
  files: '*.jsonl',
  question: 'Identify the human sound in the audio.',
  labels: ['Laughter', 'Sigh', 'Cough', 'Throat clearing', 'Sneeze', 'Sniff'],
});
