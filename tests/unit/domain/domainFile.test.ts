import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBundleManifest, type VideoLlamaManifest } from '../../../src/main/core/model/bundleManifest.ts';
import { type Domain, parseDomain, writeDomain } from '../../../src/main/core/model/domain/domainFile.ts';
import { judgeDomain } from '../../../src/main/core/model/domain/judgeDomain.ts';
import { usedFiles } from '../../../src/main/core/model/verifyBundle.ts';

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
const isDiagonal = (at: number) => Number.isInteger((Math.sqrt(8 * (at + 1) + 1) - 1) / 2);
const domain: Domain = { threshold: 0.01, picture: worldOf(dimensions), sound: worldOf(16), bounds: null };
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
      [changed((json) => json.picture.quantiles.reverse()), /quantiles/],
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
  const at = (n: number, value: number) => [new Float32Array(n).fill(value)];

  it('is of the world where both picture and sound are, and the lower score counts', () => {
    const judged = judgeDomain(domain, { picture: at(dimensions, 0.5), sound: at(16, 1), figures: 1 });
    expect(judged.isInDomain).toBe(true);
    expect(judged.picture).toBeCloseTo(0.75, 2);
    expect(judged.sound).toBeCloseTo(0.5, 2);
    expect(judged.score).toBe(judged.sound);
  });

  it('is from outside where one of them is, whatever the other', () => {
    expect(judgeDomain(domain, { picture: at(dimensions, 9), sound: at(16, 0), figures: 1 }).isInDomain).toBe(false);
    expect(judgeDomain(domain, { picture: at(dimensions, 0), sound: at(16, 9), figures: 1 }).isInDomain).toBe(false);
  });

  it('is judged by the sense that was used', () => {
    const judged = judgeDomain(domain, { picture: [], sound: at(16, 1), figures: null });
    expect(judged).toMatchObject({ picture: null, isInDomain: true });
  });

  it('is from outside where it shows no figure, or too many, or never falls quiet, near as it may lie', () => {
    const bounded: Domain = { ...domain, bounds: { figures: { least: 1, most: 5 }, quietest: 0 } };
    const sound = (loudness: number) => [new Float32Array(16 * 50).fill(loudness)];
    const isIn = (figures: number, loudness: number) =>
      judgeDomain(bounded, { picture: at(dimensions, 0), sound: sound(loudness), figures }).isInDomain;
    expect([isIn(1, -0.5), isIn(0, -0.5), isIn(6, -0.5), isIn(1, 0.1)]).toEqual([true, false, false, false]);
  });
});
