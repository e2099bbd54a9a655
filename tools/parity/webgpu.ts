/** The webgpu provider on this machine: on its GPU, or on SwiftShader, the software driver that Chromium carries. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../../src/main/answering/model/session.ts';
import { importCheckpoint } from '../../src/main/importing/importCheckpoint.ts';

const swiftShader = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** Must come before the first session of this process. Leaves a driver alone that was chosen already. */
export function offerSoftwareAdapter(): void {
  if (!existsSync(swiftShader) || process.env.VK_ICD_FILENAMES) return;
  process.env.VK_ICD_FILENAMES = swiftShader;
  process.env.XDG_RUNTIME_DIR ??= tmpdir();
}

/** True where WebGPU runs on SwiftShader, whose weaknesses are known. */
export function isSoftwareAdapter(): boolean {
  return process.env.VK_ICD_FILENAMES === swiftShader;
}

/**
 * Found by trying.
 * @param dualEncoder a small checkpoint to try it with
 * @returns in words why the webgpu provider cannot be used; null when it can
 */
export async function whyNoWebgpu(dualEncoder: string): Promise<string | null> {
  const temporary = await mkdtemp(join(tmpdir(), 'playhead-webgpu-'));
  try {
    const bundleFolder = join(temporary, 'bundle');
    await importCheckpoint({ checkpointFolder: dualEncoder, bundleFolder });
    const notices: string[] = [];
    const onNotice = (notice: string) => void notices.push(notice);
    const session = await openSession(join(bundleFolder, 'image.onnx'), { providers: ['webgpu'], onNotice });
    await session.close();
    return session.provider === 'webgpu' ? null : notices.join(' ');
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
