/** What texts mean, with the encoder that ships, against the numbers of TensorFlow.js and the published weights. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createMeaningReader } from '../../../src/main/recognising/meaning/meaningReader.ts';
import { openTextEncoder } from '../../../src/main/recognising/meaning/textEncoder.ts';

const folder = join(import.meta.dirname, '../../../resources/text-meaning');
const graphs = mkdtempSync(join(tmpdir(), 'playhead-meaning-'));
const reader = createMeaningReader(graphs);
afterAll(async () => {
  await reader.release();
  rmSync(graphs, { recursive: true, force: true });
});

const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/meaning/reference.json'), 'utf8'),
) as { text: string; vector: number[] }[];

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, value, at) => sum + value * (b[at] as number), 0);
}

async function likeness(a: string, b: string): Promise<number> {
  const [one, other] = await reader.readMeanings({ folder, texts: [a, b] });
  return cosine(one as number[], other as number[]);
}

describe('what a text means', () => {
  it.each(reference)('is what TensorFlow.js computes, up to the tables in 8 bits: $text', async ({ text, vector }) => {
    const encoder = await openTextEncoder(folder, graphs);
    const own = (await encoder.encode(text)) as Float32Array;
    await encoder.release();
    expect(own).toHaveLength(512);
    expect(cosine(own, own)).toBeCloseTo(1, 4);
    expect(cosine(own, vector)).toBeGreaterThan(0.994);
  });

  it('is near what means the same in other words, and far from what does not', async () => {
    expect(await likeness('someone is making music with strings', 'A man plays the guitar on stage.')).toBeGreaterThan(
      0.5,
    );
    expect(await likeness('someone is making music with strings', 'The train to Berlin is late.')).toBeLessThan(0.35);
  });

  it('is not asked of one word, of another language, or of a text without letters', async () => {
    const texts = ['snow', 'Der Käse ist im Zug', '12 : 34', 'a dog on the beach'];
    const meanings = await reader.readMeanings({ folder, texts });
    expect(meanings.map((meaning) => meaning?.length ?? null)).toEqual([null, null, null, 512]);
  });

  it('of a very long text is that of its beginning', async () => {
    const [meaning] = await reader.readMeanings({ folder, texts: ['the cat sat on the mat and '.repeat(500)] });
    expect(meaning?.every(Number.isFinite)).toBe(true);
  });

  it('cannot be had from damaged weights, which is said by name, and is tried again', async () => {
    const damaged = mkdtempSync(join(tmpdir(), 'playhead-damaged-'));
    cpSync(folder, damaged, { recursive: true });
    writeFileSync(join(damaged, 'encoder.bin'), 'too short');
    const other = createMeaningReader(graphs);
    const ask = () => other.readMeanings({ folder: damaged, texts: ['a dog on the beach'] });
    await expect(ask()).rejects.toMatchObject({ code: 'model-invalid' });
    cpSync(join(folder, 'encoder.bin'), join(damaged, 'encoder.bin'));
    expect((await ask())[0]).toHaveLength(512);
    await other.release();
    rmSync(damaged, { recursive: true, force: true });
  });

  it('is not read on when nobody wants it any more', async () => {
    const signal = AbortSignal.abort(new Error('no longer'));
    await expect(reader.readMeanings({ folder, texts: ['two words'] }, { signal })).rejects.toThrow('no longer');
  });
});
