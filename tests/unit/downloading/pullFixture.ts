/** A local Hub with a small checkpoint, and a place for what is fetched. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { hubSource } from '../../../src/main/downloading/hubSource.ts';
import { type PullNeeds, pullModel } from '../../../src/main/downloading/pullModel.ts';
import { type LocalHub, startLocalHub } from '../../support/hub/localHub.ts';

export const checkpoint = join(import.meta.dirname, '..', '..', 'fixtures', 'parity', 'qwen2-siglip-stc35-beats');
export const repository = 'DAMO-NLP-SG/VideoLLaMA2.1-7B-AV';
export const entry = { name: 'VideoLLaMA2.1-7B-AV', repository, revision: null };
/** As the real one, in milliseconds instead of seconds. */
export const impatience = { tries: 4, firstPauseMs: 1, longestPauseMs: 20 };

export interface PullPlaceForTest {
  hub: LocalHub;
  downloads: string;
  needs(token?: string | null): PullNeeds;
  end(): Promise<void>;
}

export async function openPlace(
  folders: Record<string, string> = { [repository]: checkpoint },
): Promise<PullPlaceForTest> {
  const hub = await startLocalHub(folders);
  const downloads = await mkdtemp(join(tmpdir(), 'playhead-pull-'));
  return {
    hub,
    downloads,
    needs: (token = null) => ({
      source: hubSource({ endpoint: hub.endpoint, token, fetch }),
      endpoint: hub.endpoint,
      downloads,
      patience: impatience,
    }),
    async end() {
      await hub.close();
      await rm(downloads, { recursive: true, force: true });
    },
  };
}

/** Every file that a checkpoint consists of is there, byte for byte, and nothing half-done beside it. */
export async function expectWhole(folder: string, original = checkpoint): Promise<void> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => !/playhead-download|\.lock/.test(name));
  expect(names.filter((name) => name.includes('.part'))).toEqual([]);
  const wanted = (await readdir(original)).filter(
    (name) => /\.(json|jinja|safetensors|bin)$/.test(name) && !name.startsWith('expected.'),
  );
  expect(names).toEqual(expect.arrayContaining(wanted));
  for (const name of wanted)
    expect((await readFile(join(folder, name))).equals(await readFile(join(original, name))), name).toBe(true);
}

export const pull = (place: PullPlaceForTest, signal?: AbortSignal, bytesPerSecond: number | null = null) =>
  pullModel(entry, { ...place.needs(), bytesPerSecond }, { signal });
