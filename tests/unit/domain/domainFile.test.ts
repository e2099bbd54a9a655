import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventDimensions } from '../../../src/main/answering/model/domain/describeEvent.ts';
import { colourDimensions } from '../../../src/main/answering/model/domain/describeFigure.ts';
import { outlineDimensions } from '../../../src/main/answering/model/domain/describeOutline.ts';
import { type Domain, parseDomain, writeDomain } from '../../../src/main/answering/model/domain/domainFile.ts';
import { judgeDomain, noDescriptors } from '../../../src/main/answering/model/domain/judgeDomain.ts';
import { readBundleManifest, type VideoLlamaManifest } from '../../../src/main/models/bundleManifest.ts';
import { usedFiles } from '../../../src/main/models/verifyBundle.ts';

const bundle = join(import.meta.dirname, '../../../resources/models/sample-av');
const manifest = (await readBundleManifest(bundle)) as VideoLlamaManifest;
const dimensions = 2 * manifest.architecture.vision.width;

/** A world around 0, where a distance of 1 is as far as half of the clips. */
function worldOf(n: number): Domain['picture'] {
  const identity = Float32Array.from({ length: (n * (n + 1)) / 2 }, (_, at) => (isDiagonal(at) ? 1 : 0));
  return {
    world: { dimensions: n, whitening: identity, prototypes: new Float32Array(n) },
    rarity: { quantiles: Array.from({ length: 91 }, (_, i) => i / 50), tailScale: 0.1 },
  };
}
/** One kind, around 0, with a spread of 1. */
function kindsOf(n: number): NonNullable<Domain['outlines']> {
  return {
    kinds: { dimensions: n, middles: new Float32Array(n), spreads: new Float32Array(n).fill(1) },
    rarity: worldOf(1).rarity,
    threshold: 0.005,
  };
}
const isDiagonal = (at: number) => Number.isInteger((Math.sqrt(8 * (at + 1) + 1) - 1) / 2);
const domain: Domain = {
  threshold: 0.01,
  picture: worldOf(dimensions),
  sound: worldOf(16),
  outlines: kindsOf(outlineDimensions),
  colours: kindsOf(colourDimensions),
  events: kindsOf(eventDimensions),
  bounds: { figures: { least: 1, most: 5 }, quietest: { least: -3, most: 0 } },
};
const text = writeDomain(domain, 600);
const changed = (change: (json: ReturnType<typeof JSON.parse>) => void) => {
  const json = JSON.parse(text);
  change(json);
  return JSON.stringify(json);
};

describe('domain.json', () => {
  it('is read as it was written', () => {
    expect(parseDomain(text, manifest)).toEqual(domain);
  });

  it('belongs to the bundle that ships with Playhead, with its hash, and is small', () => {
    expect(usedFiles(manifest)).toContain('domain.json');
    const listed = manifest.files.find(({ path }) => path === 'domain.json');
    expect(listed?.bytes).toBeLessThan(300_000);
  });

  it('that is damaged is named, with what is wrong', () => {
    const wrong: [string, RegExp][] = [
      [text.slice(0, 500), /not valid JSON/],
      [changed((json) => delete json.picture), /picture/],
      [changed((json) => (json.threshold = 3)), /threshold/],
      [changed((json) => (json.picture.whitening = json.picture.whitening.slice(0, 400))), /whitening/],
      [changed((json) => (json.sound.prototypes = '!')), /sound.prototypes/],
      [
        changed((json) => (json.sound.prototypes = Buffer.from(Float32Array.of(Number.NaN).buffer).toString('base64'))),
        /finite/,
      ],
      [changed((json) => json.picture.rarity.quantiles.reverse()), /quantiles/],
      [changed((json) => (json.events.spreads = json.events.middles)), /spread/],
      [changed((json) => (json.outlines.dimensions = 1)), /another rule/],
      [changed((json) => (json.colours.dimensions = 2)), /another rule/],
    ];
    for (const [damaged, reason] of wrong) {
      expect(() => parseDomain(damaged, manifest, '/b/domain.json'), String(reason)).toThrow(
        expect.objectContaining({
          code: 'model-invalid',
          message: expect.stringMatching(reason),
          file: '/b/domain.json',
        }),
      );
    }
  });

  it('of another vision tower is refused', () => {
    const other = structuredClone(manifest);
    other.architecture.vision.width = 32;
    expect(() => parseDomain(text, other)).toThrow(/another vision tower/);
  });
});

describe('a clip', () => {
  const rows = (n: number, value: number) => [new Float32Array(n).fill(value)];
  const seen = (value: number) => ({ picture: rows(dimensions, value) });
  const heard = (value: number) => ({ sound: rows(16, value) });
  const judge = (clip: Partial<typeof noDescriptors>) => judgeDomain(domain, { ...noDescriptors, ...clip });

  it('is of the world where both picture and sound are, and the lower score counts', () => {
    const judged = judge({ ...seen(0.5), ...heard(1) });
    expect(judged.isInDomain).toBe(true);
    expect(judged.picture).toBeCloseTo(0.75, 2);
    expect(judged.sound).toBeCloseTo(0.5, 2);
    expect(judged.score).toBe(judged.sound);
  });

  it('is from outside where one of them is, whatever the other', () => {
    expect(judge({ ...seen(9), ...heard(0) }).isInDomain).toBe(false);
    expect(judge({ ...seen(0), ...heard(9) }).isInDomain).toBe(false);
  });

  it('is judged by the sense that was used', () => {
    expect(judge(heard(1))).toMatchObject({ picture: null, isInDomain: true });
  });

  it('is from outside where a single thing in it is, near as all of it may lie', () => {
    const looks = (n: number, value: number) => [new Float32Array(n).fill(value)];
    const figure = (outline: number, colour: number) => ({
      outlines: looks(outlineDimensions, outline),
      colours: looks(colourDimensions, colour),
    });
    const showing = (...figures: ReturnType<typeof figure>[]) => judge({ ...seen(0), figures }).isInDomain;
    expect(showing(figure(0, 0), figure(0.5, 0.5))).toBe(true);
    expect(showing(figure(0, 0), figure(9, 0))).toBe(false);
    expect(showing(figure(0, 9), figure(0, 0))).toBe(false);
    const events = [0.5, 9, 0].map((value) => looks(eventDimensions, value));
    expect(judge({ ...heard(0), events })).toMatchObject({ isInDomain: false });
  });

  it('is from outside where a plain fact is out of bounds, near as it may lie', () => {
    const isIn = (facts: (typeof noDescriptors)['facts']) => judge({ ...seen(0), ...heard(0), facts }).isInDomain;
    expect(isIn({ figures: 1, quietest: -0.5, chroma: 300 })).toBe(true); // chroma has no bounds here
    expect(isIn({ figures: 0 })).toBe(false);
    expect(isIn({ figures: 6 })).toBe(false);
    expect(judge({ ...seen(0), ...heard(0), facts: { quietest: 0.1 } })).toMatchObject({ picture: 1, sound: 0 });
  });
});
