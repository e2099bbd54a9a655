/** What runs where, as a pure function of the choice, what a look found, and the memory. */
import { describe, expect, it } from 'vitest';
import { describeMemory, isTooLarge, joinPlans, type ModelPartName } from '../../../src/contract/index.ts';
import { placeParts } from '../../../src/main/answering/model/look/placements.ts';
import { type Asked, planDevices, type Seen } from '../../../src/main/answering/model/look/planDevices.ts';
import { type PartNeeds, partNeeds } from '../../../src/main/models/memoryNeeds.ts';

const gigabyte = 1e9;
const needs = (part: ModelPartName, gigabytes: number, onlyOnCpu: string | null = null): PartNeeds => ({
  ...{ part, weightBytes: gigabytes * gigabyte, cacheBytes: 0, activationBytes: 0, onlyOnCpu },
});
const tower = needs('vision', 0.5);
const decoder = needs('decoder', 5);
const fast: Seen = { isRight: true, reason: null, seconds: { cpu: 8, webgpu: 2 }, isHalf: false };
const slow: Seen = { isRight: true, reason: null, seconds: { cpu: 1, webgpu: 2 }, isHalf: false };
const wrong: Seen = { isRight: false, reason: 'its numbers (features) were 11 % away', seconds: null, isHalf: false };

function plan(seen: Partial<Record<ModelPartName, Seen>>, changes: Partial<Asked> = {}) {
  return planDevices({
    ...{ choice: 'auto', parts: [tower, decoder], refused: null, adapter: 'a card' },
    ...{ room: { host: 16 * gigabyte, adapter: 12 * gigabyte }, seenOf: (part) => seen[part] ?? null },
    ...changes,
  });
}
const placesOf = ({ parts }: ReturnType<typeof plan>) => parts.map(({ provider }) => provider);
const both = { vision: fast, decoder: fast };

describe('automatically', () => {
  it('a part runs on the adapter where it is right and faster, and the plan says how much', () => {
    const planned = plan(both);
    expect(placesOf(planned)).toEqual(['webgpu', 'webgpu']);
    expect(planned.parts[0]?.why).toBe('right, and 4.0 times as fast: 2.0 s for a slice, the processor 8.0 s');
  });

  it('towers run on the adapter and the language model on the CPU where it is slower there', () => {
    const planned = plan({ vision: fast, decoder: slow });
    expect(placesOf(planned)).toEqual(['webgpu', 'cpu']);
    expect(planned.parts[1]).toMatchObject({ why: expect.stringContaining('right, but not faster'), isSetBack: false });
  });

  it('what is wrong or was never compared stays on the CPU, and only the former counts as a setback', () => {
    expect(plan({ vision: wrong }).parts).toMatchObject([
      { provider: 'cpu', why: wrong?.reason, isSetBack: true },
      { provider: 'cpu', why: expect.stringContaining('not compared'), isSetBack: false },
    ]);
  });

  it('a machine without an adapter is told as such, and nothing counts as a setback', () => {
    const planned = plan(both, { refused: 'this machine has no graphics card' });
    for (const part of planned.parts)
      expect(part).toMatchObject({ provider: 'cpu', why: 'this machine has no graphics card', isSetBack: false });
  });
});

describe('the memory of the adapter', () => {
  const small = { room: { host: 16 * gigabyte, adapter: 4 * gigabyte } };

  it('leaves out what does not fit with the others, and the plan says so', () => {
    const planned = plan(both, small);
    expect(placesOf(planned)).toEqual(['webgpu', 'cpu']);
    expect(planned.parts[1]?.why).toBe("right, but with the other parts too large for the adapter's 4.0 GB");
  });

  it('goes to what saves most for its bytes, whatever comes first', () => {
    const seen = { vision: { ...fast, seconds: { cpu: 2.1, webgpu: 2 } }, decoder: fast };
    const parts = [needs('vision', 3), needs('decoder', 3)];
    expect(placesOf(plan(seen, { ...small, parts }))).toEqual(['cpu', 'webgpu']);
  });

  it('counts for nothing where the system does not tell it', () => {
    const planned = plan(both, { room: { host: 16 * gigabyte, adapter: null } });
    expect(placesOf(planned)).toEqual(['webgpu', 'webgpu']);
    expect(describeMemory(planned.memory)).toBe('about 0 B of 16.0 GB memory; about 5.5 GB on the adapter');
  });
});

describe('a choice', () => {
  it('of the adapter takes what is right there, fast or not, and all else is a setback', () => {
    const planned = plan({ vision: slow, decoder: wrong }, { choice: 'webgpu' });
    expect(placesOf(planned)).toEqual(['webgpu', 'cpu']);
    expect(planned.parts.map(({ isSetBack }) => isSetBack)).toEqual([false, true]);
  });

  it('of the processor takes nothing else, whatever was found', () => {
    for (const part of plan(both, { choice: 'cpu' }).parts)
      expect(part).toMatchObject({ provider: 'cpu', why: 'as you chose', isSetBack: false });
  });

  it('of the adapter is not offered for a cache of 8 bits, and the reason is told', () => {
    const shapes = { language: null, vision: null, connector: null, audio: null, text: null };
    const parts = partNeeds(shapes, { decoder: gigabyte }, 'int8');
    const [part] = plan({ decoder: fast }, { choice: 'webgpu', parts }).parts;
    expect(part).toMatchObject({ provider: 'cpu', why: expect.stringContaining('8 bits'), isSetBack: true });
  });
});

it('a model that needs more memory than there is, is told before it is opened', () => {
  const large = plan({}, { parts: [needs('decoder', 40)] });
  expect(isTooLarge(large.memory)).toBe(true);
  expect(describeMemory(large.memory)).toBe('about 60.0 GB of 16.0 GB memory');
});

it('plans of networks that are opened apart are one plan, their bytes added', () => {
  const joined = joinPlans([plan(both), plan({}, { parts: [needs('image', 1)] })]);
  expect(joined.parts.map(({ part }) => part)).toEqual(['vision', 'decoder', 'image']);
  expect(joined.memory.host.neededBytes).toBe(1.5 * gigabyte);
  expect(joined.memory.adapter.neededBytes).toBe(5.5 * gigabyte);
});

describe('the parts of a model', () => {
  it('are opened as planned, and say what was found against their provider', () => {
    const notices: string[] = [];
    const placements = placeParts(['webgpu', 'cpu'], { plan: plan({ vision: wrong, decoder: fast }) }, notices);
    expect(placements.optionsOf('vision').providers).toEqual(['cpu']);
    expect(placements.optionsOf('decoder').providers).toEqual(['webgpu', 'cpu']);
    expect(placements.placementOf('vision', 'cpu').reason).toBe(wrong?.reason);
    expect(placements.placementOf('decoder', 'webgpu').reason).toBeNull();
    expect(notices).toEqual([]);
  });

  it('say it, too, when a provider gives up later', () => {
    const notices: string[] = [];
    const placements = placeParts(['webgpu'], { plan: null }, notices);
    placements.optionsOf('connector').onNotice?.('webgpu failed');
    const failed = { part: 'connector', provider: 'cpu', reason: 'webgpu failed' };
    expect(placements.placementOf('connector', 'cpu')).toEqual(failed);
    expect(notices).toEqual(['webgpu failed']);
  });
});
