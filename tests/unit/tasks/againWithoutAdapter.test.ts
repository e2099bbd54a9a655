import { describe, expect, test } from 'vitest';
import { adapterLost } from '../../../src/main/answering/model/deviceKvCache.ts';
import { againWithoutAdapter } from '../../../src/main/answering/tasks/againWithoutAdapter.ts';

describe('an answer whose graphics adapter gives up', () => {
  test('is begun anew while nobody has seen a word of it', async () => {
    let tries = 0;
    const answer = async () => {
      tries += 1;
      if (tries === 1) throw adapterLost();
      return 'a red circle';
    };
    expect(await againWithoutAdapter(undefined, answer)).toBe('a red circle');
  });

  test('is lost, and says so, once a part of it was told', async () => {
    const told: string[] = [];
    const options = { onText: (text: string) => void told.push(text) };
    const answering = againWithoutAdapter(options, async ({ onText }) => {
      onText?.('a red');
      throw adapterLost();
    });
    await expect(answering).rejects.toMatchObject({
      code: 'provider-unavailable',
      hint: expect.stringContaining('again'),
    });
    expect(told).toEqual(['a red']);
  });

  test('that fails otherwise is not tried twice', async () => {
    let tries = 0;
    const answer = async () => {
      tries += 1;
      throw new Error('no such file');
    };
    await expect(againWithoutAdapter(undefined, answer)).rejects.toThrow('no such file');
    expect(tries).toBe(1);
  });
});
