/** An answer about footage, or to a question, that the model does not know says so, to people and to programs. */
import type { JobResult } from '../../../contract/index.ts';
import { note } from './output.ts';

const codes = ['out-of-domain', 'question-out-of-domain', 'needs-consent'] as const;

/** What a program reads: a code beside a text that is no answer, and nothing of it beside one that is. */
export function noAnswerCode({ provenance }: JobResult): { code?: (typeof codes)[number] } {
  const code = codes.find((each) => each === provenance?.stopReason);
  return code ? { code } : {};
}

/** What a person can do about it, on stderr. */
export function adviseFullModel(result: JobResult): void {
  const code = result.provenance?.stopReason === 'from-index' ? 'out-of-domain' : noAnswerCode(result).code;
  if (code === undefined || code === 'needs-consent') return;
  const limit =
    code === 'out-of-domain' ? 'It was made for the sample clips alone.' : 'It was made for the sample world alone.';
  note(
    `${limit} \`playhead models list\` shows full ones that fit this machine, \`playhead models pull\` or \`playhead import\` brings one.`,
  );
}
