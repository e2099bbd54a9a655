import { describe, expect, test } from 'vitest';
import { adapterLost } from '../../../src/main/answering/model/deviceKvCache.ts';
import { noticeWords } from '../../../src/main/answering/tasks/againWithoutAdapter.ts';

describe('an answer whose graphics adapter gives up', () => {
  test('may be begun anew while nobody has seen a word of it', () => {
    expect(noticeWords({}).mayAskAgain(adapterLost())).toBe(true);
  });

  test('is lost, and says so, once a part of it was told', () => {
    const told: string[] = [];
    const { options, mayAskAgain } = noticeWords({ onText: (text) => void told.push(text) });
    options.onText?.('a red');
    expect(told).toEqual(['a red']);
    expect(mayAskAgain(adapterLost())).toBe(false);
    expect(adapterLost()).toMatchObject({ code: 'provider-unavailable', hint: expect.stringContaining('again') });
  });

  test('that fails otherwise is not tried twice', () => {
    expect(noticeWords({}).mayAskAgain(new Error('no such file'))).toBe(false);
  });
});
