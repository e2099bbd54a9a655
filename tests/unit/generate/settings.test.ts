import { describe, expect, test } from 'vitest';
import { readGenerationDefaults, resolveSettings } from '../../../src/main/answering/generate/settings.ts';

describe('generation settings', () => {
  test('without a wish the search is greedy, up to 2048 tokens', () => {
    expect(resolveSettings()).toMatchObject({ temperature: 0, maxNewTokens: 2048, repetitionPenalty: 1 });
  });

  test('sampling uses the temperature and top-p of the reference where the call names none', () => {
    expect(resolveSettings({ seed: 1 })).toMatchObject({ temperature: 0.2, topP: 0.9 });
    expect(resolveSettings({ temperature: 0.7 })).toMatchObject({ temperature: 0.7, topP: 0.9 });
  });

  test('a temperature of 0 is greedy whatever else is asked', () => {
    expect(resolveSettings({ temperature: 0, topP: 0.5, seed: 3 }).temperature).toBe(0);
  });

  test('generation_config.json counts where the call says nothing', () => {
    const defaults = readGenerationDefaults({
      repetition_penalty: 1.05,
      top_k: 20,
      temperature: 0.7,
      top_p: 0.8,
      do_sample: true,
      eos_token_id: [151645, 151643],
    });
    expect(resolveSettings({}, defaults)).toMatchObject({
      repetitionPenalty: 1.05,
      topK: 20,
      temperature: 0,
      eosTokenIds: [151645, 151643],
    });
    expect(resolveSettings({ repetitionPenalty: 1, topK: 3 }, defaults)).toMatchObject({
      repetitionPenalty: 1,
      topK: 3,
    });
  });

  test('fields of generation_config.json that make no sense are left out', () => {
    expect(readGenerationDefaults({ top_k: 'all', repetition_penalty: -1, eos_token_id: null })).toEqual({});
    expect(readGenerationDefaults(null)).toEqual({});
  });
});
