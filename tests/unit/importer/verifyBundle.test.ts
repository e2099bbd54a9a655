import { appendFile, cp, mkdir, readdir, readFile, rename, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importCheckpoint } from '../../../src/main/importing/importCheckpoint.ts';
import { isBundlePath, parseBundleManifest } from '../../../src/main/models/bundleManifest.ts';
import { verifyBundle } from '../../../src/main/models/verifyBundle.ts';
import { makeTempFolder, parityFolder } from './checkpointFiles.ts';

let temp: Awaited<ReturnType<typeof makeTempFolder>>;
let bundle: string;
let count = 0;

beforeAll(async () => {
  temp = await makeTempFolder();
  await importCheckpoint({
    checkpointFolder: join(parityFolder, 'siglip-dual'),
    bundleFolder: join(temp.path, 'whole'),
  });
});
beforeEach(async () => {
  bundle = join(temp.path, `bundle${count++}`);
  await cp(join(temp.path, 'whole'), bundle, { recursive: true });
});
afterAll(() => temp.remove());

/** Changes one byte and keeps size and time, as a rotten disk would. */
async function changeByte(file: string): Promise<void> {
  const bytes = await readFile(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
  await writeFile(file, bytes);
}

describe('verifying a bundle', () => {
  it('passes one that was just imported', async () => {
    expect((await verifyBundle(bundle)).kind).toBe('dual-encoder');
  });

  it('finds a changed byte, a longer file, a missing file, all in one error', async () => {
    await changeByte(join(bundle, 'text.onnx.data'));
    await expect(verifyBundle(bundle)).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining('text.onnx.data has changed'),
    });
    await appendFile(join(bundle, 'image.onnx'), 'x');
    await rename(join(bundle, 'text.onnx'), join(bundle, 'other.onnx'));
    const message = expect.stringMatching(/image\.onnx has \d+ bytes, expected \d+; .*text\.onnx is missing/);
    await expect(verifyBundle(bundle)).rejects.toMatchObject({ code: 'model-invalid', message });
  });

  it('refuses a tokenizer, template or generation file that was put there, whatever the manifest says of it', async () => {
    await writeFile(join(bundle, 'chat_template.jinja'), '{{ messages }}');
    await expect(verifyBundle(bundle)).rejects.toMatchObject({
      message: expect.stringContaining('chat_template.jinja'),
    });
  });

  it('refuses a file that was changed after it was stamped, with its size and time kept', async () => {
    const stampFolder = join(temp.path, `stamps${count}`);
    await verifyBundle(bundle, { stampFolder });
    const file = join(bundle, 'text.onnx');
    const { atime, mtime } = await stat(file);
    await changeByte(file);
    await utimes(file, atime, mtime);
    await expect(verifyBundle(bundle, { stampFolder })).rejects.toMatchObject({
      message: expect.stringContaining('text.onnx has changed'),
    });
  });

  it('refuses a file that is a link, even to the right bytes', async () => {
    await rename(join(bundle, 'text.onnx'), join(temp.path, `elsewhere${count}`));
    await symlink(join(temp.path, `elsewhere${count}`), join(bundle, 'text.onnx'));
    await expect(verifyBundle(bundle)).rejects.toMatchObject({ message: expect.stringContaining('not a plain file') });
  });

  it('refuses paths that leave the folder', async () => {
    for (const path of ['../x', '/x', 'a/../../x', 'a\\x', 'C:x', '', '.', 'a//b', 'a\0'])
      expect(isBundlePath(path), path).toBe(false);
    for (const path of ['x.onnx', 'a/b.bin', '..x', 'x..']) expect(isBundlePath(path), path).toBe(true);
    const text = await readFile(join(bundle, 'manifest.json'), 'utf8');
    await writeFile(join(bundle, 'manifest.json'), text.replaceAll('"text.onnx"', '"../text.onnx"'));
    await expect(verifyBundle(bundle)).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining('must be a path inside the bundle'),
    });
  });

  it('refuses a graph whose hash the manifest does not hold', async () => {
    const manifest = JSON.parse(await readFile(join(bundle, 'manifest.json'), 'utf8'));
    manifest.files = manifest.files.filter(({ path }: { path: string }) => path !== 'text.onnx.data');
    await writeFile(join(bundle, 'manifest.json'), JSON.stringify(manifest));
    await expect(verifyBundle(bundle)).rejects.toMatchObject({
      message: expect.stringContaining('not in the manifest'),
    });
  });

  it('trusts its stamp while no file is touched: then it reads nothing again', async () => {
    const stampFolder = join(temp.path, `stamps${count}`);
    await verifyBundle(bundle, { stampFolder });
    const [stamp] = await readdir(stampFolder);
    const file = join(bundle, 'text.onnx.data');
    const { atimeNs } = await stat(file, { bigint: true });
    await verifyBundle(bundle, { stampFolder });
    expect((await stat(file, { bigint: true })).atimeNs).toBe(atimeNs);
    expect(await readdir(stampFolder)).toEqual([stamp]);
  });

  it('says so when the folder holds no model, or a manifest that is none', async () => {
    const empty = join(temp.path, `empty${count}`);
    await mkdir(empty);
    await expect(verifyBundle(empty)).rejects.toMatchObject({ code: 'model-missing' });
    expect(() => parseBundleManifest('{')).toThrow('not valid JSON');
    expect(() => parseBundleManifest('{"kind":"videollama2"}')).toThrow('architecture');
  });
});
