import type { RecogniseOutput } from '../../../src/main/ports/recogniserHostApi.ts';

/** What was read and what was seen, apart. */
export function byKind({ found, ...output }: RecogniseOutput) {
  const ofKind = (wanted: string) => found.filter(({ kind }) => kind === wanted);
  return { ...output, screenText: ofKind('screenText'), things: ofKind('thing') };
}
