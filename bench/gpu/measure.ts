/** The half of the bench that touches the adapter, in a process of its own: a driver may hang, or end it. */
import { rm } from 'node:fs/promises';
import { compareWithCpu, runOnce } from '../../src/main/answering/model/look/compareProviders.ts';
import { holdProvider } from '../../src/main/answering/model/session.ts';
import { recipes, writePart } from './parts.ts';
import { smallShapes, trueShapes } from './shapes.ts';

/** One row of the table. */
export interface Result {
  name: string;
  /** Of the slice as it was run; null where it was not right. */
  seconds: { cpu: number; webgpu: number } | null;
  /** To the layers of the whole model. */
  scale: number;
  isRight: boolean;
  reason: string | null;
  difference: number | null;
  crossed: { toDevice: number; toHost: number; onDevice: number };
}

/** What the measuring process tells. */
export type Told =
  /** From now on it is the driver that is waited for. */
  | { kind: 'started' }
  | { kind: 'refused'; reason: string }
  | { kind: 'ready'; shapes: string }
  | { kind: 'begins'; name: string }
  | { kind: 'measured'; result: Result };

export interface MeasureOptions {
  isSmall: boolean;
  layers: number;
  /** Rows whose names hold this; empty for all. */
  only: string;
  folder: string;
}

/** @param tell hears of each step at once: what was measured before an end is not lost */
export async function measure(options: MeasureOptions, tell: (told: Told) => void): Promise<void> {
  tell({ kind: 'started' });
  const { refused, release } = await holdProvider('webgpu');
  if (refused !== null) return tell({ kind: 'refused', reason: refused });
  const shapes = options.isSmall ? smallShapes : trueShapes(options.layers);
  tell({ kind: 'ready', shapes: shapes.name });
  for (const recipe of recipes(shapes).filter(({ name }) => name.includes(options.only))) {
    tell({ kind: 'begins', name: recipe.name });
    const { name, scale, part, crossed } = await writePart(recipe, options.folder);
    const finding = await compareWithCpu(part, 'webgpu', await runOnce(part, 'cpu'));
    const { seconds, isRight, reason, difference } = finding;
    tell({ kind: 'measured', result: { name, scale, seconds, isRight, reason, difference, crossed: crossed() } });
    await rm(options.folder, { recursive: true, force: true });
  }
  await release();
}
