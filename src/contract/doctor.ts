/** How this installation is, line by line; nothing in it is personal. */

export type DoctorState = 'ok' | 'warning' | 'failed';

export interface DoctorLine {
  /** "ffmpeg", "disk", … */
  id: string;
  name: string;
  state: DoctorState;
  /** What was found, in words. */
  found: string;
  /** What to do; null where all is well. */
  todo: string | null;
}

export interface DoctorReport {
  version: string;
  lines: DoctorLine[];
}

export const doctorMarks: Record<DoctorState, string> = { ok: 'OK', warning: 'Warning', failed: 'Failed' };

/** The gravest of the lines. */
export function worstOf({ lines }: DoctorReport): DoctorState {
  if (lines.some(({ state }) => state === 'failed')) return 'failed';
  return lines.some(({ state }) => state === 'warning') ? 'warning' : 'ok';
}
