import { describe, expect, it } from 'vitest';
import type { ModelPartName } from '../../../src/contract/index.ts';
import { describeParts, isPlaced } from '../../../src/contract/index.ts';
import { formatBytes } from '../../../src/contract/wording.ts';
import { countOf, formatRange, formatSeconds, formatTime } from '../../../src/renderer/logic/format.ts';
import { groupKnowledge, matchLabel } from '../../../src/renderer/logic/knowledge.ts';
import { bundleFolderFor, parsePaths } from '../../../src/renderer/logic/parsePaths.ts';
import { provenanceFacts, provenanceTimings } from '../../../src/renderer/logic/provenance.ts';
import { matchesShortcut, shortcutKeys } from '../../../src/renderer/logic/shortcut.ts';
import { parseSnippet } from '../../../src/renderer/logic/snippet.ts';

describe('figures', () => {
  it('are times on a clock', () => {
    expect(formatTime(7)).toBe('0:07');
    expect(formatTime(59.99)).toBe('0:59');
    expect(formatTime(3723)).toBe('1:02:03');
    expect(formatTime(7.49, { tenths: true })).toBe('0:07.4');
    expect(formatTime(12.3, { tenths: true })).toBe('0:12.3');
    expect(formatTime(Number.NaN)).toBe('0:00');
  });

  it('show tenths only where whole seconds would hide the difference', () => {
    expect(formatRange({ startSec: 7.5, endSec: 15 })).toBe('0:07 – 0:15');
    expect(formatRange({ startSec: 7.5, endSec: 8.2 })).toBe('0:07.5 – 0:08.2');
  });

  it('are durations and sizes with their units', () => {
    expect([0.034, 0.31, 12.4, 59.7, 200].map(formatSeconds)).toEqual([
      '34 ms',
      '0.3 s',
      '12 s',
      '1 min 0 s',
      '3 min 20 s',
    ]);
    expect([640, 1400, 999_900, 48e6, 5.4e9].map(formatBytes)).toEqual([
      '640 B',
      '1.4 kB',
      '1.0 MB',
      '48.0 MB',
      '5.4 GB',
    ]);
    expect([countOf(1, 'file'), countOf(3, 'file')]).toEqual(['1 file', '3 files']);
  });
});

describe('a snippet', () => {
  it('is cut at its marks', () => {
    expect(parseSnippet('the «red» circle')).toEqual([
      { text: 'the ', marked: false },
      { text: 'red', marked: true },
      { text: ' circle', marked: false },
    ]);
  });

  it('keeps every sign of a text without marks or with half a pair', () => {
    for (const text of ['plain', 'half « open', '» « wrong way', '<b>«x»</b>']) {
      const joined = parseSnippet(text).map((piece) => (piece.marked ? `«${piece.text}»` : piece.text));
      expect(joined.join('')).toBe(text);
    }
  });
});

describe('knowledge', () => {
  const entry = { startSec: 0, endSec: 1, source: 'PP-OCRv4', confidence: 0.5 };

  it('is grouped by kind, equal texts of one source once with the highest confidence', () => {
    const groups = groupKnowledge([
      { ...entry, kind: 'thing', text: 'dog', source: 'CenterNet (COCO)' },
      { ...entry, kind: 'screenText', text: 'EXIT' },
      { ...entry, kind: 'screenText', text: 'EXIT', confidence: 0.9 },
    ]);
    expect(groups.map((group) => group.kind)).toEqual(['screenText', 'thing']);
    expect(groups[0]?.entries).toMatchObject([{ text: 'EXIT', confidence: 0.9 }]);
  });

  it('says which kind of match it is and who says so', () => {
    expect(matchLabel({ kind: 'screenText', source: 'PP-OCRv4', atSec: null })).toBe('written on screen · PP-OCRv4');
    expect(matchLabel({ kind: 'subtitle', source: 'duet.srt', atSec: 72 })).toBe('said at 1:12 · duet.srt');
    expect(matchLabel({ kind: 'tag', source: 'artist', atSec: null })).toBe('tag · artist');
    expect(matchLabel({ kind: 'fileName', source: '', atSec: null })).toBe('file name');
  });
});

describe('provenance', () => {
  const provenance = {
    model: 'playhead-sample-av',
    provider: 'cpu',
    modality: 'av' as const,
    segment: { startSec: 10, endSec: 20 },
    frames: 8,
    audioSeconds: 10,
    promptTokens: 200,
    newTokens: 1,
    timings: [
      { stage: 'vision tower', seconds: 0.84 },
      { stage: 'decode', seconds: 0.5 },
    ],
    stopReason: 'cancelled' as const,
  };

  it('tells how much a clip is of the world that a small model knows', () => {
    const domain = { score: 0.4712, picture: 0.4712, sound: null, isInDomain: true };
    expect(provenanceFacts({ ...provenance, domain })).toContain('in-domain score 0.47');
  });

  it('names model, provider, senses, frames, sound, clip and why it ended', () => {
    expect(provenanceFacts(provenance).join(' · ')).toBe(
      'playhead-sample-av · cpu · picture and sound · 8 frames · 10 s of sound · 0:10 – 0:20 · stopped by you',
    );
    expect(provenanceTimings(provenance)).toEqual(['vision tower 0.8 s', 'decode 0.5 s', '1 token in 1.3 s']);
  });
});

describe('the parts of a model', () => {
  const part = (name: ModelPartName, provider = 'webgpu', reason: string | null = null) => ({
    part: name,
    provider,
    reason,
  });

  it('are told by where they run, and those that are not where they should be with the reason', () => {
    const parts = [part('vision'), part('connector', 'cpu', 'its tokens were 12 % away'), part('decoder')];
    expect(isPlaced(parts)).toBe(true);
    expect(describeParts(parts)).toEqual([
      'vision tower, language model on webgpu',
      'connector on cpu: its tokens were 12 % away',
    ]);
  });

  it('need no words where the CPU was asked for', () => {
    expect(isPlaced([part('vision', 'cpu'), part('decoder', 'cpu')])).toBe(false);
    expect(isPlaced([])).toBe(false);
  });
});

describe('a shortcut', () => {
  const press = { key: 'k', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

  it('takes Ctrl or Command for Mod', () => {
    expect(matchesShortcut('Mod+K', { ...press, ctrlKey: true })).toBe(true);
    expect(matchesShortcut('Mod+K', { ...press, metaKey: true })).toBe(true);
    expect(matchesShortcut('Mod+K', press)).toBe(false);
    expect(matchesShortcut('K', { ...press, ctrlKey: true })).toBe(false);
  });

  it('takes a sign however the keyboard makes it, and a letter only as written', () => {
    expect(matchesShortcut('?', { ...press, key: '?', shiftKey: true })).toBe(true);
    expect(matchesShortcut('/', { ...press, key: '/', shiftKey: true })).toBe(true);
    expect(matchesShortcut('K', { ...press, key: 'K', shiftKey: true })).toBe(false);
    expect(matchesShortcut('Space', { ...press, key: ' ' })).toBe(true);
    expect(matchesShortcut('ArrowLeft', { ...press, key: 'ArrowLeft', shiftKey: true })).toBe(false);
  });

  it('is shown with the names of the keyboard at hand', () => {
    expect(shortcutKeys('Mod+K', true)).toEqual(['⌘', 'K']);
    expect(shortcutKeys('Shift+ArrowLeft', false)).toEqual(['Shift', '←']);
  });
});

describe('written paths', () => {
  it('are one a line, without the quotes of a copied path, each once', () => {
    expect(parsePaths(' /a/b c \n"/d/é 🎬.mp4"\n\n/a/b c')).toEqual(['/a/b c', '/d/é 🎬.mp4']);
  });

  it('have a bundle proposed that is named after its checkpoint', () => {
    expect(bundleFolderFor('/d/VideoLLaMA2.1-7B-AV/', '/lib')).toBe('/lib/models/VideoLLaMA2.1-7B-AV');
    expect(bundleFolderFor('C:\\d\\7B', 'C:\\lib')).toBe('C:\\lib\\models\\7B');
  });
});
