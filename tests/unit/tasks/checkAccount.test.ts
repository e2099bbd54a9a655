import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type QuestionWords, readQuestionWords } from '../../../src/main/answering/model/questions/questionsFile.ts';
import { checkAccount } from '../../../src/main/answering/tasks/checkAccount.ts';
import { readBundleManifest, type VideoLlamaManifest } from '../../../src/main/models/bundleManifest.ts';

const bundle = join(import.meta.dirname, '..', '..', '..', 'resources', 'models', 'sample-av');
let lexicon: QuestionWords;
beforeAll(async () => {
  const manifest = (await readBundleManifest(bundle)) as VideoLlamaManifest;
  lexicon = (await readQuestionWords(bundle, manifest)) as QuestionWords;
});

/** Answers as a model that sees these things: names of a colour and a shape. */
function seeing(...things: string[]) {
  const asked: string[] = [];
  const ask = async (question: string) => {
    asked.push(question);
    const [, there] = /^Is there an? (.+)\?$/.exec(question) ?? [];
    if (there) return things.includes(there) ? 'Yes.' : 'No.';
    const [, colour] = /^What shape is the (.+) object\?$/.exec(question) ?? [];
    if (colour === undefined) return 'It moves down.';
    const shape = things.find((thing) => thing.startsWith(colour))?.split(' ')[1];
    return shape ? `${shape.charAt(0).toUpperCase()}${shape.slice(1)}.` : `There is no ${colour} object.`;
  };
  return { asked, ask };
}

describe('an account of a small model', () => {
  it('stays as it is where the model holds to what it says', async () => {
    const { ask, asked } = seeing('red circle', 'blue star');
    const text = 'A red circle moves up, and a blue star stays still. You hear a bell.';
    expect(await checkAccount(text, lexicon, ask)).toBe(text);
    expect(asked).toEqual(['Is there a red circle?', 'Is there a blue star?']);
  });

  it('tells a thing that the model denies as the one that it affirms', async () => {
    const byShape = seeing('white star', 'red circle');
    expect(await checkAccount('A white triangle spins and a red circle stays still.', lexicon, byShape.ask)).toBe(
      'A white star spins and a red circle stays still.',
    );
    const byColour = seeing('orange star');
    expect(await checkAccount('It is quiet. A red star blinks.', lexicon, byColour.ask)).toBe(
      'It is quiet. An orange star blinks.',
    );
  });

  it('leaves what it cannot mend, and in place of one thing told twice tells what was left out', async () => {
    const { ask } = seeing('black heart', 'yellow cross', 'yellow moon');
    const text = 'A yellow heart bounces and a black heart bounces.';
    expect(await checkAccount(text, lexicon, ask)).toBe(text);
    const left = seeing('purple square', 'yellow triangle');
    expect(
      await checkAccount('A purple square moves up and a purple square moves up. It is silent.', lexicon, left.ask),
    ).toBe('A purple square moves up and a yellow triangle moves down. It is silent.');
    const twice = 'A black heart blinks and a black heart blinks. It is silent.';
    expect(await checkAccount(twice, lexicon, seeing('black heart').ask)).toBe('A black heart blinks. It is silent.');
  });
});
