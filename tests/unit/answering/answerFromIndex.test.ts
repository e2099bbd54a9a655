/** What is told from the index where the model does not know the footage: with a real library, whose facts are known. */
import { describe, expect, it } from 'vitest';
import type { Knowledge, Message } from '../../../src/contract/index.ts';
import type { AnswerNeeds } from '../../../src/main/engine/answering/answerAbout.ts';
import { answerers, isDeclined } from '../../../src/main/engine/answering/answerers.ts';
import { answerFromIndex, factsBeside } from '../../../src/main/engine/answering/answerFromIndex.ts';
import type { Asked } from '../../../src/main/engine/answering/asked.ts';
import type { AnswerOutput } from '../../../src/main/ports/modelHostApi.ts';
import { addIndexedFile, openTestLibrary } from '../library/libraryFixture.ts';

const sampleModel = { name: 'sample', isSampleModel: true, longestLookSec: 30 } as Asked['model'];
const context = { signal: new AbortController().signal, progress: async () => {} };

function fact(kind: Knowledge['kind'], text: string, [startSec, endSec]: [number, number], source: string): Knowledge {
  return { kind, text, source, startSec, endSec, confidence: 0.9 };
}

/** Two scenes of a duet: a title card, two people, and what is said. */
const duet: Knowledge[][] = [
  [fact('screenText', 'AQUILA STRINGS', [0, 5], 'PP-OCRv4'), fact('thing', 'person', [5, 10], 'CenterNet (COCO)')],
  [
    fact('thing', 'person', [10, 20], 'CenterNet (COCO)'),
    fact('subtitle', 'This one is a ukulele.', [12, 14], 'duet.srt'),
    fact('subtitle', 'Thank you.', [17, 19], 'duet.srt'),
    fact('speech', 'a speaking voice', [12, 19], 'Silero VAD'),
  ],
];

function declined(stopReason: AnswerOutput['provenance']['stopReason']): AnswerOutput {
  const provenance = {
    ...{ model: 'sample', provider: 'cpu', modality: 'av', segment: { startSec: 0, endSec: 20 } },
    ...{ frames: 8, audioSeconds: 4, promptTokens: 0, newTokens: 0, timings: [], stopReason },
  } as AnswerOutput['provenance'];
  return { text: 'I do not know this.', provenance };
}

async function ask(question: string, facts = duet, more: Partial<Asked> = {}): Promise<AnswerOutput | null> {
  const library = openTestLibrary();
  const { mediaId } = await addIndexedFile(library, '/v/duet.mp4', facts);
  const { item } = await library.getMedia(mediaId);
  const needs = { library, encoders: { encoder: async () => null }, hosts: {} } as unknown as AnswerNeeds;
  return answerFromIndex(needs, context, {
    ...{ item, model: sampleModel, range: { startSec: 0, endSec: 20 }, question, modality: 'auto', scope: 'short' },
    ...{ exchanges: [], declined: declined('out-of-domain') },
    ...more,
  });
}

const partsOf = (output: AnswerOutput | null) => output?.provenance.evidence?.parts.map(({ text }) => text) ?? [];

describe('what the index tells', () => {
  it('is an account in time order where the question is what happens, each fact once, with its time and its source', async () => {
    const told = await ask('What happens here?');
    expect(told?.text.split('\n')).toEqual([
      'The sample model cannot look at this. What the index knows:',
      '0:00–0:05 On the screen: “AQUILA STRINGS” (PP-OCRv4)',
      '0:05–0:20 Seen: person (CenterNet (COCO))',
      '0:12–0:14 Said: “This one is a ukulele.” (duet.srt)',
      '0:12–0:19 Heard: a speaking voice (Silero VAD)',
      '0:17–0:19 Said: “Thank you.” (duet.srt)',
    ]);
    expect(told?.provenance).toMatchObject({ stopReason: 'from-index', evidence: { parts: { length: 5 } } });
    expect(told?.provenance.evidence?.parts[0]).toEqual({
      ...{ startSec: 0, endSec: 5, text: 'On the screen: “AQUILA STRINGS”', source: 'PP-OCRv4' },
    });
  });

  it('is of the time alone that the question names', async () => {
    expect(partsOf(await ask('What happens at 0:03?'))).toEqual(['On the screen: “AQUILA STRINGS”', 'Seen: person']);
  });

  it.each([
    ['Is there a ukulele?', ['Said: “This one is a ukulele.”']],
    ['How many people are there?', ['Seen: person']],
    ['Is someone speaking?', ['Heard: a speaking voice', 'Said: “This one is a ukulele.”', 'Said: “Thank you.”']],
    ['What is written on the screen?', ['On the screen: “AQUILA STRINGS”']],
    ['What does the text in the video say?', ['On the screen: “AQUILA STRINGS”']],
  ])('is what fits the question: %s', async (question, expected) => {
    expect(partsOf(await ask(question))).toEqual(expected);
  });

  it.each(['Is there a submarine?', 'Which colour is the car?', 'Why?'])(
    'is nothing where no fact fits: %s',
    async (question) => {
      expect(await ask(question)).toBeNull();
    },
  );

  it('of a file with very many facts is spread over all of it', async () => {
    const cues = Array.from({ length: 500 }, (_, at) =>
      fact('subtitle', `Word ${at}.`, [at / 50, at / 50 + 0.01], 'a.srt'),
    );
    const told = partsOf(await ask('Describe the video.', [cues]));
    expect(told).toHaveLength(40);
    expect(told.at(0)).toMatch(/“Word \d\.”|“Word [12]\d\.”/);
    expect(told.at(-1)).toMatch(/“Word 4[89]\d\.”/);
  });

  it('is nothing for a question that leans on the talk, or where the model knows the footage and not the question', async () => {
    const exchanges = [{ question: 'What is it?', answer: { text: 'A star.' } as Message }];
    expect(await ask('What is it doing?', duet, { exchanges })).toBeNull();
    const known = [[fact('caption', 'A red star.', [0, 10], 'sample'), fact('thing', 'person', [0, 10], 'CenterNet')]];
    const unknownQuestion = { declined: declined('question-out-of-domain') };
    expect(await ask('Is there a person?', known, unknownQuestion)).toBeNull();
    expect(partsOf(await ask('Is there a person?', duet, unknownQuestion))).toEqual(['Seen: person']);
  });
});

it('beside the answer of a model that looked stand the facts that fit, without captions', async () => {
  const known = [[...(duet[0] ?? []), fact('caption', 'Two people play.', [0, 10], 'full')], duet[1] ?? []];
  const beside = async (question: string) => {
    const library = openTestLibrary();
    const { mediaId } = await addIndexedFile(library, '/v/duet.mp4', known);
    const { item } = await library.getMedia(mediaId);
    const needs = { library, encoders: { encoder: async () => null }, hosts: {} } as unknown as AnswerNeeds;
    const model = { ...sampleModel, isSampleModel: false, followsUp: true };
    const asked = {
      item,
      model,
      range: { startSec: 0, endSec: 20 },
      question,
      modality: 'auto',
      scope: 'short',
    } as const;
    return (await factsBeside(needs, context, { ...asked, exchanges: [] })).map(({ text }) => text);
  };
  expect(await beside('What is written on the screen?')).toEqual(['On the screen: “AQUILA STRINGS”']);
  expect(await beside('How many people are there?')).toEqual(['Seen: person']);
  expect(await beside('Is there a submarine?')).toEqual([]);
});

it('the index is asked after the model, and its answer is none that was declined', async () => {
  expect(answerers.at(-1)).toBe(answerFromIndex);
  const told = await ask('What happens?');
  expect([isDeclined(told as AnswerOutput), isDeclined(declined('out-of-domain'))]).toEqual([false, true]);
});
