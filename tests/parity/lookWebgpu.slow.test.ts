/**
 * A bundle on the webgpu provider is looked at before it is believed: on this machine's adapter or on SwiftShader;
 * skipped aloud where neither is found.
 */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeParts, type PartPlacement } from '../../src/contract/index.ts';
import { type HeldProvider, holdProvider } from '../../src/main/answering/model/session.ts';
import { loadEmbedder } from '../../src/main/answering/tasks/loadEmbedder.ts';
import { loadVideoLlama } from '../../src/main/answering/tasks/loadVideoLlama.ts';
import type { HostProcess } from '../../src/main/channel/hostProcess.ts';
import { Hosts } from '../../src/main/engine/hosts.ts';
import { importCheckpoint } from '../../src/main/importing/importCheckpoint.ts';
import { forkHost } from '../../src/main/shells/shared/forkHost.ts';
import { isSoftwareAdapter, offerSoftwareAdapter, whyNoWebgpu } from '../../tools/parity/webgpu.ts';
import { giveFusedTower } from '../support/wrongTower.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fixtures = join(root, 'tests', 'fixtures', 'parity');
const sample = join(root, 'resources', 'models', 'sample-av');
const clip = join(root, 'resources', 'samples', 'bells-and-beeps.mp4');
const temporary = await mkdtemp(join(tmpdir(), 'playhead-look-'));
const checkpoint = join(fixtures, 'many-patches-siglip');
const bundle = join(temporary, 'bundle');
offerSoftwareAdapter();
const refused = await whyNoWebgpu(join(fixtures, 'siglip-dual'));
if (refused !== null) console.warn(`The look before the GPU path is not tested: ${refused}`);
/** Milliseconds: a software adapter on a machine that may be busy. */
const patience = { timeout: 900_000 };
const providers = ['webgpu', 'cpu'];

async function placed(bundleFolder: string, folder: string): Promise<{ parts: PartPlacement[]; notices: string[] }> {
  const model = await loadVideoLlama({ bundleFolder, providers, look: { folder, clip } });
  const [parts, notices] = [model.parts(), model.notices];
  await model.close();
  return { parts, notices };
}

async function recordIn(folder: string) {
  const [name] = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const file = join(folder, name as string);
  return { content: JSON.parse(await readFile(file, 'utf8')), time: (await stat(file)).mtimeMs };
}

describe.skipIf(refused !== null)('before the webgpu provider is believed', () => {
  // Compiling takes most of the time on a software adapter: what one test compiled serves the next.
  let held: HeldProvider;
  beforeAll(async () => {
    held = await holdProvider('webgpu');
    await importCheckpoint({ checkpointFolder: checkpoint, bundleFolder: bundle });
  });
  afterAll(async () => {
    await held.release();
    await rm(temporary, { recursive: true, force: true });
  });

  test('every part is looked at once, is right, and stays there', patience, async () => {
    const folder = join(temporary, 'right');
    const first = await placed(bundle, folder);
    expect(first.notices).toEqual([]);
    expect(first.parts.map(({ part }) => part)).toEqual(['vision', 'connector', 'decoder']);
    for (const part of first.parts) expect(part).toMatchObject({ provider: 'webgpu', reason: null });
    const { content, time } = await recordIn(folder);
    expect(content.device.runtime).toMatch(/^\d+\.\d+/);
    expect(content.verdicts).toHaveLength(3);
    for (const { isRight, difference, cosine } of content.verdicts) {
      expect(isRight).toBe(true);
      expect(difference).toBeLessThan(1e-4);
      expect(cosine).toBeGreaterThan(0.99999);
    }
    expect(await placed(bundle, folder)).toEqual(first);
    // What is chosen automatically is what the same look found faster, whichever that is on this machine.
    const look = { folder, clip, isSlowLeft: true };
    const model = await loadVideoLlama({ bundleFolder: bundle, providers, look });
    await model.close();
    for (const { part, seconds } of content.verdicts) {
      const planned = model.plan?.parts.find((each) => each.part === part);
      expect(planned).toMatchObject({ provider: seconds.webgpu < seconds.cpu ? 'webgpu' : 'cpu', isSetBack: false });
      expect(planned?.why).toMatch(/^right, .*slice, the processor/);
    }
    expect((await recordIn(folder)).time).toBe(time); // nothing was looked at again
  });

  test('the sample model is right in every part, seeing, hearing, speaking and searching', patience, async () => {
    const folder = join(temporary, 'sample');
    const { parts } = await placed(sample, folder);
    expect(describeParts(parts)).toEqual([
      'vision tower, connector, audio tower, audio projector, language model on webgpu',
    ]);
    const embedder = await loadEmbedder({ bundleFolder: sample, providers, look: { folder, clip } });
    expect(describeParts(embedder?.parts() ?? [])).toEqual(['image encoder, text encoder on webgpu']);
    await embedder?.dualEncoder.close();
  });

  test.skipIf(!isSoftwareAdapter())(
    'a tower with an operator that is wrong there stays on the CPU among packed weights that are right, and the reason says what to do',
    patience,
    async () => {
      const wrong = join(temporary, 'wrong');
      await importCheckpoint({ checkpointFolder: checkpoint, bundleFolder: wrong, weights: 'int8' });
      await giveFusedTower(wrong);
      const { parts, notices } = await placed(wrong, join(temporary, 'looks-of-wrong'));
      expect(parts[0]).toMatchObject({ part: 'vision', provider: 'cpu' });
      expect(parts[0]?.reason).toMatch(/\(features\) were \d.* % away from the CPU's; .* import it again/);
      expect(notices.join(' ')).toContain('vision tower on cpu: ');
      for (const part of parts.slice(1)) expect(part).toMatchObject({ provider: 'webgpu', reason: null });
    },
  );

  test('a clip that cannot be read leaves everything on the CPU, for this time', patience, async () => {
    const look = { folder: join(temporary, 'no-clip'), clip: join(temporary, 'nowhere.mp4') };
    const model = await loadVideoLlama({ bundleFolder: bundle, providers, look });
    for (const { provider, reason } of model.parts()) {
      expect(provider).toBe('cpu');
      expect(reason).toContain('could not be compared');
    }
    await model.close();
    expect(await readdir(look.folder)).toEqual([]);
  });

  test('a part that brings the process down costs that process alone, and is left to the CPU', patience, async () => {
    const processes: HostProcess[] = [];
    const cacheFolder = join(temporary, 'cache');
    const looks = join(cacheFolder, 'looks');
    const spawn = () => {
      const started = forkHost('modelHost');
      processes.push(started);
      return started;
    };
    const hosts = new Hosts(spawn, {
      ...{ cacheFolder, lookClip: clip, onChange: () => {} },
      deviceChoice: async () => 'webgpu',
    });
    const loading = hosts.model(bundle);
    await until(async () => (await readdir(looks).catch(() => [])).some((name) => name.includes('looking')));
    process.kill(processes[0]?.pid as number, 'SIGKILL');
    const { model } = await loading;
    expect(processes).toHaveLength(2);
    expect(model.parts[0]).toEqual({
      part: 'vision',
      provider: 'cpu',
      reason: 'the process ended while this part ran on the graphics adapter',
    });
    for (const part of model.parts.slice(1)) expect(part).toMatchObject({ provider: 'webgpu', reason: null });
    hosts.close();
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}
