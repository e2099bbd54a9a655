import { expect, test } from 'vitest';
import type { MediaItem } from '../../../src/contract/media.ts';
import type { PlaybackFacts } from '../../../src/contract/playback.ts';
import { fileState, lengthInWords } from '../../../src/renderer/logic/fileState.ts';

const item = (state: MediaItem['state']) => ({ state }) as MediaItem;
const facts = (change: Partial<PlaybackFacts>) => ({ durationSec: 372, wholeSec: null, ...change }) as PlaybackFacts;
const gone = (candidate: string | null) => ({ error: null, notices: [], candidate });

test('a file that is away, moved, growing or cut off is called that, and a whole one nothing', () => {
  expect(fileState(item('ready'), facts({}), null)).toBeNull();
  expect(fileState(item('offline'), null, null)?.badge).toBe('Offline');
  expect(fileState(item('offline'), null, gone('/v/new name.mp4'))?.badge).toBe('Moved');
  expect(fileState(item('ready'), facts({ isGrowing: true }), null)?.badge).toBe('Being written');
  const cut = fileState(item('ready'), facts({ wholeSec: 1140 }), null);
  expect(cut?.badge).toBe('End missing');
  expect(cut?.note).toContain('The first 6:12 play');
});

test('the length says what there is, and of how much', () => {
  expect(lengthInWords(372, facts({}))).toBe('6:12');
  expect(lengthInWords(372, facts({ isGrowing: true }))).toBe('6:12 so far');
  expect(lengthInWords(372, facts({ wholeSec: 1140 }))).toBe('6:12 of about 19:00');
});
