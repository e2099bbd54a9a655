import { describe, expect, it } from 'vitest';
import type { Evidence, Provenance } from '../../../src/contract/index.ts';
import { aboutSeconds, describeLook, describeOffer, listTimes, timesOf } from '../../../src/contract/index.ts';

const scene = (number: number) => ({ startSec: number * 4, endSec: number * 4 + 4 });

function provenance(change: Partial<Provenance>): Provenance {
  return {
    model: 'm',
    provider: 'cpu',
    modality: 'av',
    segment: { startSec: 4, endSec: 8 },
    frames: 8,
    audioSeconds: 4,
    promptTokens: 1,
    newTokens: 1,
    timings: [],
    stopReason: 'eos',
    ...change,
  };
}

function evidence(change: Partial<Evidence>): Provenance {
  const none = { summary: '', parts: [], unit: 'scene' as const, total: 5, lookedAt: [], fromIndex: 0, unknown: 0 };
  return provenance({ evidence: { ...none, ...change } });
}

describe('what was looked at', () => {
  it('is told in one line, without figures of the model', () => {
    expect(describeLook(provenance({}))).toBe('Looked at 8 pictures and 4 s of sound, 0:04–0:08.');
    expect(describeLook(provenance({ frames: 0, audioSeconds: 3.96 }))).toBe('Listened to 4 s of sound, 0:04–0:08.');
    const picture = provenance({ frames: 1, audioSeconds: 0, segment: { startSec: 0, endSec: 0 } });
    expect(describeLook(picture)).toBe('Looked at 1 picture.');
    expect(describeLook(provenance({ stopReason: 'from-index' }))).toBe(
      'The model did not answer: these are facts of the index.',
    );
    expect(describeLook(provenance({ frames: 0, audioSeconds: 0 }))).toBe('Nothing was looked at.');
  });

  it('names the scenes, how many there are, and which were left out', () => {
    expect(describeLook(evidence({ lookedAt: [0, 1, 2, 3, 4].map(scene) }))).toBe('Looked at all 5 scenes: 0:00–0:20.');
    expect(describeLook(evidence({ total: 12, lookedAt: [0, 1, 5].map(scene) }))).toBe(
      'Looked at 3 of 12 scenes: 0:00–0:08 and 0:20–0:24.',
    );
    expect(describeLook(evidence({ total: 2, lookedAt: [0, 1].map(scene), fromIndex: 2 }))).toBe(
      'From the captions of all 2 scenes: 0:00–0:08.',
    );
    expect(describeLook(evidence({ total: 2, lookedAt: [0, 1].map(scene), fromIndex: 1 }))).toContain(
      ', 1 of them when it was indexed.',
    );
    expect(describeLook(evidence({ total: 2, lookedAt: [0, 1].map(scene), unknown: 1 }))).toContain(
      '1 of them is left out: the model does not know such footage.',
    );
    expect(describeLook(evidence({ unit: 'stretch', total: 3, lookedAt: [scene(0)] }))).toBe(
      'Looked at 1 of 3 stretches: 0:00–0:04.',
    );
  });

  it('is nothing yet while it is only offered, with the time that it takes', () => {
    const offer = { unit: 'scene' as const, likeliest: { count: 20, seconds: 60 }, all: { count: 164, seconds: 545 } };
    expect(describeLook(provenance({ stopReason: 'needs-consent', offer }))).toBe('Nothing was looked at yet.');
    expect(describeOffer(offer)).toBe('This has 164 scenes. Looking at all of them takes about 9 min.');
  });
});

describe('times', () => {
  it('are those of a clock, with tenths for short stretches; neighbours are one stretch', () => {
    expect(timesOf({ startSec: 59.6, endSec: 64 })).toBe('1:00–1:04');
    expect(timesOf({ startSec: 3.25, endSec: 4 })).toBe('0:03.3–0:04.0');
    expect(timesOf({ startSec: 3599, endSec: 3723 })).toBe('59:59–1:02:03');
    expect(listTimes([scene(0), scene(1), scene(3), scene(5)])).toBe('0:00–0:08, 0:12–0:16 and 0:20–0:24');
  });

  it('that are expected are never more exact than they are', () => {
    expect([0.4, 7.2, 43, 88, 140, 545, 7300].map(aboutSeconds)).toEqual([
      '1 s',
      '7 s',
      '45 s',
      '90 s',
      '2 min',
      '9 min',
      '2 h',
    ]);
  });
});
