import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRoute, mediaRoute, parseRoute } from '../../../src/renderer/logic/route.ts';

describe('the place in the address', () => {
  it('is the library for anything unknown', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#/media', '#/media/']) {
      expect(parseRoute(hash)).toEqual({ page: 'library', query: '' });
    }
  });

  it('comes back from its own text, whatever the ids and words are', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (mediaId, query) => {
        const route = mediaRoute(mediaId, { timeSec: 12.3, segmentId: 's1', query });
        expect(parseRoute(formatRoute(route))).toEqual(route);
      }),
    );
  });

  it('keeps a clip drawn by hand, and drops one that makes no sense', () => {
    const route = mediaRoute('m', { range: { startSec: 1.5, endSec: 4 } });
    expect(parseRoute(formatRoute(route))).toEqual(route);
    expect(parseRoute('#/media/m?clip=4-1')).toEqual(mediaRoute('m'));
    expect(parseRoute('#/media/m?clip=x&t=-3')).toEqual(mediaRoute('m'));
  });
});
