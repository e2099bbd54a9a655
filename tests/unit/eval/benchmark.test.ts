import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBenchmark } from '../../../tools/eval/readBenchmark.ts';
import { byClip, openRecord } from '../../../tools/eval/record.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-eval-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const truth = (clip: string) => ({
  clip,
  caption: 'A red star spins.',
  heard: 'You hear nothing.',
  objects: [{ colour: 'red', shape: 'star', size: 'small', does: 'spins', actions: [['spin', 'all']] }],
  sounds: [],
});
const question = { family: 'VC', type: 'caption', question: 'Describe the video.', answer: 'A red star spins.' };

async function write(name: string, lines: (object | string)[]): Promise<void> {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  await writeFile(join(folder, name), `${text}\n`);
}

describe('a benchmark', () => {
  it('is read clip by clip, with the questions of each', async () => {
    await write('clips.jsonl', [truth('a.mp4'), truth('b.mp4')]);
    await write('questions.jsonl', [{ clip: 'b.mp4', modality: 'audio-video', ...question }]);
    const { clips } = await readBenchmark(folder);
    expect(clips.map(({ name, questions }) => [name, questions.length])).toEqual([
      ['a.mp4', 0],
      ['b.mp4', 1],
    ]);
    expect(clips[1]?.questions[0]).toMatchObject({ modality: 'av', type: 'caption, audio-video' });
  });

  it('that is none says how to make one', async () => {
    await expect(readBenchmark(folder)).rejects.toMatchObject({
      code: 'file-not-found',
      hint: expect.stringContaining('python -m training.heldout'),
    });
  });

  it('with a damaged line names the line and what is wrong', async () => {
    await write('clips.jsonl', [truth('a.mp4')]);
    await write('questions.jsonl', [{ clip: 'a.mp4', modality: 'smell', ...question }]);
    await expect(readBenchmark(folder)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/line 1.*modality/i),
    });
    await write('clips.jsonl', [truth('a.mp4'), '{"clip": ']);
    await expect(readBenchmark(folder)).rejects.toMatchObject({ message: expect.stringMatching(/line 2.*JSON/i) });
  });
});

describe('a record of answers', () => {
  const given = { clip: 'a.mp4', answers: ['Red.', 'A star.'] };

  it('is taken up by the next run, without the line that a kill cut off', async () => {
    const file = join(folder, 'answers.jsonl');
    const first = await openRecord(file, 'weights', byClip);
    expect(first.known.size).toBe(0);
    await first.keep(given);
    await appendFile(file, '{"clip": "b.mp4", "answ');
    const second = await openRecord(file, 'weights', byClip);
    expect([...second.known.values()]).toEqual([given]);
    await second.keep({ ...given, clip: 'b.mp4' });
    expect([...(await openRecord(file, 'weights', byClip)).known.keys()]).toEqual(['a.mp4', 'b.mp4']);
  });

  it('of parts, one behind the other in a file, has the answers of all of them, and no part of other weights', async () => {
    const parts = await Promise.all(
      ['weights', 'weights', 'other weights'].map(async (of, index) => {
        const file = join(folder, `${index}.jsonl`);
        await (await openRecord(file, of, byClip)).keep({ ...given, clip: `${index}.mp4` });
        return readFile(file, 'utf8');
      }),
    );
    const file = join(folder, 'all.jsonl');
    await writeFile(file, parts.slice(0, 2).join(''));
    expect([...(await openRecord(file, 'weights', byClip)).known.keys()]).toEqual(['0.mp4', '1.mp4']);
    await writeFile(file, parts.join(''));
    await expect(openRecord(file, 'weights', byClip)).rejects.toMatchObject({ code: 'invalid-input', file });
  });

  it('of other weights or another benchmark is refused and left as it is', async () => {
    const file = join(folder, 'answers.jsonl');
    await (await openRecord(file, 'weights', byClip)).keep(given);
    const before = await readFile(file, 'utf8');
    await expect(openRecord(file, 'other weights', byClip)).rejects.toMatchObject({ code: 'invalid-input', file });
    expect(await readFile(file, 'utf8')).toBe(before);
  });
});
