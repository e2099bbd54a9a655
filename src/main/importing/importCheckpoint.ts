/**
 * A published checkpoint folder becomes a bundle folder: the one door of the importer.
 * First everything is planned and checked from headers alone; then the weights stream through, once.
 */

import { basename, dirname, resolve } from 'node:path';
import * as z from 'zod';
import { PlayheadError } from '../../contract/errors.ts';
import type { BundleManifest, WeightFormat } from '../models/bundleManifest.ts';
import { diskFull, isDiskFull } from '../ports/diskFull.ts';
import { checkRoom } from '../ports/diskRoom.ts';
import { BundleWriter } from './bundleWriter.ts';
import { openCheckpoint } from './checkpoint/openCheckpoint.ts';
import { readJson } from './checkpoint/readJson.ts';
import { Weights } from './checkpoint/weights.ts';
import { planDualEncoder } from './planDualEncoder.ts';
import { planVideoLlama } from './planVideoLlama.ts';
import { Problems } from './problems.ts';
import { type ProgressListener, reportProgress } from './progress.ts';
import { planWeights, type WeightChoice } from './weightPlan.ts';
import { writeBundle } from './writeBundle.ts';

export interface ImportInput {
  checkpointFolder: string;
  /** Must not exist yet. */
  bundleFolder: string;
  /** fp32 when left out. */
  weights?: WeightFormat | WeightChoice;
  /** The checkpoint folder's name when left out. */
  name?: string;
  description?: string;
  licence?: string;
  /** Where the weights come from, in words or as an address. */
  source?: string;
  isSampleModel?: boolean;
  /** For a model of short clips: how many seconds it may look at in one go. */
  maxClipSeconds?: number;
  /** False for a model that cannot go on from earlier questions and answers. */
  conversation?: boolean;
  onProgress?: ProgressListener;
  signal?: AbortSignal;
}

const kindSchema = z.object({ model_type: z.string() });
const dualEncoders = ['clip', 'siglip'];

/**
 * Writes the bundle; memory stays small whatever the checkpoint's size.
 * @throws PlayheadError `checkpoint-invalid` naming everything that is wrong; `cancelled`; `invalid-input` when the
 * bundle folder is taken; `disk-full`.
 */
export async function importCheckpoint(input: ImportInput): Promise<{ manifest: BundleManifest }> {
  const folder = resolve(input.checkpointFolder);
  const problems = new Problems(folder);
  const checkpoint = await openCheckpoint(folder, problems);
  let writer: BundleWriter | null = null;
  try {
    const weights = new Weights(checkpoint, problems);
    const kind = await readJson(folder, 'config.json', kindSchema, problems);
    if (kind === null) problems.add('config.json is missing or does not say its model_type');
    const plan = kind
      ? await (dualEncoders.includes(kind.model_type) ? planDualEncoder : planVideoLlama)({
          folder,
          weights,
          problems,
          formats: planWeights(input.weights),
          about: {
            name: input.name ?? basename(folder),
            description: input.description ?? '',
            licence: input.licence ?? 'unknown: see where the checkpoint comes from',
            source: input.source ?? `imported from the checkpoint ${basename(folder)}`,
            isSampleModel: input.isSampleModel ?? false,
          },
          limits: { maxClipSeconds: input.maxClipSeconds, conversation: input.conversation },
        })
      : null;
    if (problems.count > 0) await weights.checkValues();
    problems.throwIfAny();
    if (!plan) throw new Error('planning gave neither a plan nor a problem');

    await checkRoom(dirname(resolve(input.bundleFolder)), { import: plan.bytes });
    writer = new BundleWriter(resolve(input.bundleFolder), input.signal, reportProgress(plan.bytes, input.onProgress));
    const manifest = await writeBundle(plan, writer, problems);
    return { manifest };
  } catch (error) {
    await writer?.abandon();
    throw asPlayheadError(error, input);
  } finally {
    await checkpoint.close();
  }
}

function asPlayheadError(error: unknown, input: ImportInput): unknown {
  if (input.signal?.aborted)
    return new PlayheadError({ code: 'cancelled', message: 'The import was cancelled; nothing is left of it.' });
  if (!isDiskFull(error)) return error;
  const hint = 'Free some space, or choose a smaller weight format.';
  return diskFull('the bundle could not be written', { file: input.bundleFolder, hint, cause: error });
}
