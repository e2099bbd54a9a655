/**
 * The world that a bundle knows (domain.json) is handed on from one bundle to the next as long as the vision tower, the
 * only network it was measured through, is the same.
 */
import { PlayheadError } from '../../src/contract/errors.ts';
import { domainFileName } from '../../src/main/answering/model/domain/domainFile.ts';
import type { VideoLlamaManifest } from '../../src/main/models/bundleManifest.ts';
import { addPart, readAnsweringManifest, readPart } from '../lib/bundleParts.ts';

interface MeasuredWorld {
  /** The vision tower's sizes and the sha256 of its weights. */
  tower: string;
  text: string;
}

/** @returns null for a bundle without one */
export async function worldOf(bundleFolder: string): Promise<MeasuredWorld | null> {
  const text = await readPart(bundleFolder, 'domain');
  return text === null ? null : { tower: towerOf(await readAnsweringManifest(bundleFolder)), text };
}

/** @throws PlayheadError `invalid-input` when the bundle's vision tower is another one */
export async function copyMeasuredWorld(bundleFolder: string, world: MeasuredWorld | null): Promise<void> {
  if (world === null || towerOf(await readAnsweringManifest(bundleFolder)) !== world.tower) {
    throw new PlayheadError({
      code: 'invalid-input',
      message: 'The vision tower is not the one through which the world was measured.',
      hint: 'Measure it again: name a folder of clips with --clips.',
      file: bundleFolder,
    });
  }
  await addPart(bundleFolder, 'domain', domainFileName, world.text);
}

/** The operators that compute it may have become others (the graph's own file), the weights not. */
function towerOf({ files, graphs, architecture }: VideoLlamaManifest): string {
  const weights = files.find(({ path }) => path === graphs.vision.dataFile)?.sha256;
  return JSON.stringify([architecture.vision, weights]);
}
