/** Looks at everything that Playhead needs, one line each; a look that fails is a line, too. */
import { homedir } from 'node:os';
import { type DoctorLine, type DoctorReport, toErrorInfo } from '../../../contract/index.ts';
import { examineMachine } from './examineMachine.ts';
import { examineModel } from './examineModel.ts';
import { examineStorage } from './examineStorage.ts';
import { examineTools } from './examineTools.ts';
import type { DoctorNeeds, Finding } from './finding.ts';

/** In the order in which they are told. */
const looks: { id: string; name: string; look(needs: DoctorNeeds): Promise<Finding> | Finding }[] = [
  ...examineMachine,
  ...examineTools,
  ...examineModel,
  ...examineStorage,
];

export async function examine(needs: DoctorNeeds): Promise<DoctorReport> {
  const lines = await Promise.all(
    looks.map(async ({ id, name, look }): Promise<DoctorLine> => {
      const finding = await Promise.resolve(needs).then(look).catch(failed);
      return { id, name, state: finding.state, found: impersonal(finding.found), todo: finding.todo ?? null };
    }),
  );
  return { version: needs.version, lines };
}

function failed(thrown: unknown): Finding {
  const { message, hint } = toErrorInfo(thrown);
  return { state: 'failed', found: message, todo: hint ?? 'Look at the log (`playhead logs`).' };
}

/** A report is copied into a forum: the person's own folder, which names them, is "~". */
function impersonal(text: string): string {
  return text.replaceAll(homedir(), '~');
}
