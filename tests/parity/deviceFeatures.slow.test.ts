/**
 * Towers, connector and projector hand their features to the language model within the adapter's memory, on this
 * machine's adapter or on SwiftShader; skipped aloud where neither is found.
 */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { releaseCache } from '../../src/main/answering/model/cacheKeeper.ts';
import { takeCrossings } from '../../src/main/answering/model/crossings.ts';
import { DeviceFeatures } from '../../src/main/answering/model/deviceFeatures.ts';
import { nearness } from '../../src/main/answering/model/nearness.ts';
import { loadVideoLlama, type VideoLlama } from '../../src/main/answering/tasks/loadVideoLlama.ts';
import { readClip } from '../../src/main/answering/tasks/readClip.ts';
import { Stopwatch } from '../../src/main/ports/stopwatch.ts';
import { offerSoftwareAdapter, whyNoWebgpu } from '../../tools/parity/webgpu.ts';

const fixtures = fileURLToPath(new URL('../fixtures/parity/', import.meta.url));
const path = fileURLToPath(new URL('../../resources/samples/bells-and-beeps.mp4', import.meta.url));
const clip = { path, kind: 'video', segment: { startSec: 0, endSec: 4 }, hasAudio: true } as const;
const bundleFolder = fileURLToPath(new URL('../../resources/models/sample-av', import.meta.url));
offerSoftwareAdapter();
const refused = await whyNoWebgpu(`${fixtures}siglip-dual`);
if (refused !== null) console.warn(`Features in an adapter's memory are not tested: ${refused}`);
/** Milliseconds: a software adapter on a machine that may be busy. */
const patience = { timeout: 600_000 };

describe.skipIf(refused !== null)('on the webgpu provider', () => {
  let model: VideoLlama;
  let room: DeviceFeatures;
  beforeAll(async () => {
    // The smallest that sees and hears. Its bounded world is left out: that needs the tower's features on the host.
    model = { ...(await loadVideoLlama({ bundleFolder, providers: ['webgpu', 'cpu'] })), domain: null };
    room = new DeviceFeatures('webgpu');
  });
  afterAll(async () => {
    await room.close();
    await model.close();
  });

  /** A clip that is seen and heard: what crossed, and the keys and values that it left. */
  async function read(changes: Partial<VideoLlama>) {
    takeCrossings();
    const asked = { clip, modality: 'av', before: [1, 2, 3] } as const;
    const { cache, length } = await readClip({ ...model, ...changes }, asked, { clock: new Stopwatch() });
    const crossed = takeCrossings();
    const { layers } = await model.languageModel.toHost(cache, length);
    releaseCache(cache);
    return { crossed, length, keys: layers[0]?.key as Float32Array };
  }

  test('a clip is read without its features coming back, and leaves the same keys', patience, async () => {
    const { connector, audio, language } = model.manifest.architecture;
    const there = await read({ deviceFeatures: room });
    const onHost = await read({ deviceFeatures: null });
    expect(there.length).toBe(onHost.length);
    expect(nearness(there.keys, onHost.keys).difference).toBeLessThan(1e-5);
    // The last logits of each run over the prompt, and a sum for each sense.
    const runs = Math.ceil(there.length / model.languageModel.prefillChunk);
    expect(there.crossed.toHost).toBeLessThanOrEqual(4 * (runs * language.vocabSize + 2));
    // On the host's way all of them come back, and but for what was equal go there again.
    const tokens = (connector.videoTokens + (audio?.tokens ?? 0)) * language.hiddenSize;
    const heard = (audio?.tokens ?? 0) * (audio?.width ?? 0);
    expect(onHost.crossed.toHost - there.crossed.toHost).toBeGreaterThan(4 * (tokens + heard));
    expect(onHost.crossed.toDevice - there.crossed.toDevice).toBeGreaterThan(4 * tokens);
  });

  test('a single number that is not finite is noticed there', patience, async () => {
    for (const [value, expected] of [
      [1, true],
      [Number.NaN, false],
      [Number.POSITIVE_INFINITY, false],
    ] as const) {
      const data = new Float32Array(300).fill(0.5);
      data[200] = value;
      const tensor = await room.upload({ data, dims: [3, 100] });
      expect(await room.isFinite(tensor)).toBe(expected);
      tensor.dispose();
    }
  });
});
