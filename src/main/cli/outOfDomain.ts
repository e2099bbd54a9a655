/** An answer about footage that the model does not know says so, to people and to programs. */
import type { JobResult } from '../../contract/index.ts';
import { note } from './output.ts';

/** What a program reads: a code beside the text, and nothing of it for footage that the model knows. */
export function outOfDomainCode({ provenance }: JobResult): { code?: 'out-of-domain' } {
  return provenance?.stopReason === 'out-of-domain' ? { code: 'out-of-domain' } : {};
}

/** What a person can do about it, on stderr. */
export function adviseFullModel(result: JobResult): void {
  if (outOfDomainCode(result).code === undefined) return;
  note('It was made for the sample clips alone. Bring a full model with `playhead import`.');
}
