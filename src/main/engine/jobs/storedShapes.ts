/** Shapes that the records of several kinds of jobs share, as they are read from the library. */
import * as z from 'zod';
import type { ErrorInfo, Provenance } from '../../../contract/index.ts';

export const storedSegment = z.object({ startSec: z.number(), endSec: z.number() });
export const storedTimings = z.array(z.object({ stage: z.string(), seconds: z.number() }));
export const storedNotices = z.array(z.string());

/** Checked for what tells one apart; it is shown, and nothing is done by it. */
export const storedError = z.custom<ErrorInfo>((value) => has(value, 'code') && has(value, 'message'));
export const storedProvenance = z.custom<Provenance>((value) => has(value, 'model') && has(value, 'stopReason'));

function has(value: unknown, field: string): boolean {
  return typeof value === 'object' && value !== null && field in value;
}
