import { expect, test } from 'vitest';
import type { PlaybackFacts, SoundTrack } from '../../../src/contract/playback.ts';
import { choosePieceType, describeConversion, playsAsItIs } from '../../../src/renderer/logic/directPlay.ts';
import { planPiece } from '../../../src/renderer/logic/planPieces.ts';

const facts = (change: Partial<PlaybackFacts> = {}): PlaybackFacts => ({
  container: 'mov,mp4,m4a,3gp,3g2,mj2',
  videoCodec: 'h264',
  audioCodec: 'aac',
  isHdr: false,
  hasOneClock: true,
  unitSec: 1,
  soundTracks: [],
  soundTrack: 1,
  isOwnSoundTrack: true,
  sampleRate: 48_000,
  durationSec: 60,
  wholeSec: null,
  isFresh: false,
  isGrowing: false,
  ...change,
});
/** An engine that decodes whatever has one of these in its type. */
const engine = (...known: string[]) => {
  return (type: string) => (known.some((word) => type.includes(word)) ? 'probably' : '');
};

test('a file plays as it is where the engine decodes its picture and its sound', () => {
  expect(playsAsItIs(facts(), engine('avc1', 'mp4a'))).toBe(true);
  expect(playsAsItIs(facts(), engine('avc1'))).toBe(false);
  expect(playsAsItIs(facts({ audioCodec: null }), engine('avc1'))).toBe(true);
  expect(playsAsItIs(facts({ videoCodec: 'hevc' }), engine('avc1', 'mp4a'))).toBe(false);
  expect(playsAsItIs(facts({ audioCodec: 'ac3' }), engine('avc1', 'mp4a', 'ac-3'))).toBe(false);
});

test('a container that browsers do not read, and joined recordings, are converted whatever is in them', () => {
  const all = () => 'probably';
  expect(playsAsItIs(facts({ container: 'mpegts' }), all)).toBe(false);
  expect(playsAsItIs(facts({ container: 'gif', videoCodec: 'gif', audioCodec: null }), all)).toBe(false);
  expect(playsAsItIs(facts({ hasOneClock: false }), all)).toBe(false);
});

test('pieces are of a kind that the engine decodes: VP9 where it has no H.264', () => {
  expect(choosePieceType(facts(), (type) => type.includes('avc1'))?.format).toBe('h264');
  expect(choosePieceType(facts(), (type) => type.includes('vp09'))?.format).toBe('vp9');
  expect(choosePieceType(facts(), () => false)).toBeNull();
  expect(choosePieceType(facts({ videoCodec: null }), () => true)?.mimeType).toBe('audio/mp4; codecs="flac"');
});

test('the person is told what is converted', () => {
  expect(describeConversion(facts({ videoCodec: 'hevc', audioCodec: 'ac3', isHdr: true }))).toMatch(
    /hevc with ac3.*HDR/,
  );
});

const film = { durationSec: 30.5, unitSec: 1 };

test('after a jump the piece with that moment comes first, a short one, and longer ones follow', () => {
  expect(planPiece(12.4, [], film)).toEqual({ first: 12, count: 1 });
  expect(planPiece(12.4, [{ startSec: 12, endSec: 13 }], film)).toEqual({ first: 13, count: 1 });
  expect(planPiece(12.4, [{ startSec: 12, endSec: 15 }], film)).toEqual({ first: 15, count: 3 });
  expect(planPiece(12.4, [{ startSec: 12, endSec: 22 }], film)).toEqual({ first: 22, count: 4 });
});

test('enough ahead is enough, and nothing is asked for behind the end', () => {
  expect(planPiece(2, [{ startSec: 0, endSec: 25 }], film)).toBeNull();
  expect(planPiece(20, [{ startSec: 10, endSec: 29 }], film)).toEqual({ first: 29, count: 2 });
  expect(planPiece(20, [{ startSec: 10, endSec: 30.5 }], { durationSec: 30.5, unitSec: 30.5 / 31 })).toBe('all');
  expect(planPiece(30.5, [], film)).toEqual({ first: 30, count: 1 });
});

test('another sound track than the first is converted, since a window cannot choose one', () => {
  const track = (streamIndex: number): SoundTrack => {
    return { streamIndex, codec: 'aac', channels: 2, language: null, title: null };
  };
  const soundTracks = [track(1), track(2)];
  const all = () => 'probably';
  expect(playsAsItIs(facts({ soundTracks }), all)).toBe(true);
  expect(playsAsItIs(facts({ soundTracks, soundTrack: 2, isOwnSoundTrack: false }), all)).toBe(false);
  expect(playsAsItIs(facts({ soundTracks, soundTrack: 2 }), all)).toBe(false);
  expect(describeConversion(facts({ soundTracks, soundTrack: 2 }))).toContain('cannot play this sound track');
});
