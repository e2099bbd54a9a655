import { runJob } from '../jobs.ts';
import { adviseFullModel } from '../outOfDomain.ts';
import { formatProvenance, note, print, printJson } from '../output.ts';
import { withEngine } from '../withEngine.ts';
import { answerJson, type ClipFlags, clipFrom } from './ask.ts';

/** `playhead caption <file>` */
export async function captionCommand(file: string, flags: ClipFlags): Promise<number> {
  return withEngine(flags, {}, async (engine) => {
    const segment = clipFrom(flags);
    const job = await runJob(engine, () => engine.api.caption({ source: { path: file }, segment }));
    const result = job.result ?? {};
    if (flags.json) printJson(answerJson(result));
    else {
      print(result.text ?? '');
      if (result.provenance) note(formatProvenance(result.provenance));
      adviseFullModel(result);
    }
    return 0;
  });
}
