/** What is remembered of a look at a provider, and for how long it holds. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeGraphics } from '../../../src/main/answering/model/graphicsDevice.ts';
import { forgiveLook, isLookUnfinished, LookRecord } from '../../../src/main/answering/model/look/lookRecord.ts';

const device = { adapter: '0x1002:0x73bf amdgpu', driver: 'radeon_icd.json 1 2', runtime: '1.30.0' };
const right = {
  isRight: true,
  reason: null,
  difference: 1e-6,
  cosine: 1,
  seconds: { cpu: 2, webgpu: 1 },
  isHalf: false,
};
/** No process has this id. */
const gone = 2 ** 22 + 7;
const mark = (driver = device.driver, process = gone) =>
  JSON.stringify({ part: 'vision', device: { ...device, driver }, process });
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-looks-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (bundle = 'b', on = device) => LookRecord.open(folder, bundle, on);

describe('what a look found', () => {
  it('is known at the next start, for the parts that were looked at', async () => {
    await (await open()).judge('vision', async () => right);
    const again = await open();
    expect(again.verdictOf('vision')).toEqual({ part: 'vision', ...right });
    expect(again.verdictOf('decoder')).toBeNull();
  });

  it.each([
    ['adapter', { ...device, adapter: 'another' }, 'b'],
    ['driver', { ...device, driver: 'another' }, 'b'],
    ['runtime', { ...device, runtime: '1.31.0' }, 'b'],
    ['bundle', device, 'c'],
  ])('is looked at anew with another %s', async (_, on, bundle) => {
    await (await open()).judge('vision', async () => right);
    expect((await open(bundle, on)).verdictOf('vision')).toBeNull();
    expect((await open()).verdictOf('vision')).toMatchObject({ isRight: true });
  });

  it('is nothing when the look itself failed', async () => {
    const record = await open();
    await expect(record.judge('vision', () => Promise.reject(new Error('no clip')))).rejects.toThrow('no clip');
    expect(record.verdictOf('vision')).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it('counts as unknown when its file is damaged', async () => {
    await (await open()).judge('vision', async () => right);
    await writeFile(join(folder, 'b.json'), '{"formatVersion":1');
    expect((await open()).verdictOf('vision')).toBeNull();
  });
});

describe('a process that ended in the middle of a look', () => {
  it('leaves a mark while it looks, by which the next one knows the part', async () => {
    let seen: boolean | null = null;
    await (await open()).judge('vision', async () => {
      seen = isLookUnfinished(folder);
      return right;
    });
    expect(seen).toBe(true);
    expect(isLookUnfinished(folder)).toBe(false);
    await writeFile(join(folder, 'b.looking.json'), mark());
    const verdict = (await open()).verdictOf('vision');
    expect(verdict).toMatchObject({
      isRight: false,
      reason: 'the process ended while this part ran on the graphics adapter',
    });
    expect(isLookUnfinished(folder)).toBe(false);
  });

  it('leaves it, too, while a part that was believed runs at a size that is new to it', async () => {
    const record = await open();
    expect(await record.guard('decoder', async () => isLookUnfinished(folder))).toBe(true);
    expect(isLookUnfinished(folder)).toBe(false);
    expect(record.verdictOf('decoder')).toBeNull();
  });

  it('has nothing against the part when it was ended on purpose', async () => {
    await writeFile(join(folder, 'b.looking.json'), mark());
    forgiveLook(folder);
    expect((await open()).verdictOf('vision')).toBeNull();
  });

  it('is not taken for gone while it still looks', async () => {
    await writeFile(join(folder, 'b.looking.json'), mark(device.driver, process.ppid));
    expect((await open()).verdictOf('vision')).toBeNull();
    expect(isLookUnfinished(folder)).toBe(true);
  });

  it('says nothing about another driver', async () => {
    await writeFile(join(folder, 'b.looking.json'), mark('an older driver'));
    expect((await open()).verdictOf('vision')).toBeNull();
  });
});

it('a graphics device is named the same as long as nothing changes', async () => {
  const once = await describeGraphics();
  expect(await describeGraphics()).toEqual(once);
  expect(once.runtime).toMatch(/^\d+\.\d+\.\d+/);
});
