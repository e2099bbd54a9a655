import { runJob } from '../jobs.ts';
import { formatProvenance, note, print, printJson } from '../output.ts';
import { warnOutOfItsWorld } from '../sampleModel.ts';
import { withEngine } from '../withEngine.ts';
import { type ClipFlags, clipFrom } from './ask.ts';

/** `playhead caption <file>` */
export async function captionCommand(file: string, flags: ClipFlags): Promise<number> {
  return withEngine(flags, {}, async (engine) => {
    const segment = clipFrom(flags);
    const notices = await warnOutOfItsWorld(engine, file);
    const job = await runJob(engine, () => engine.api.caption({ source: { path: file }, segment }));
    if (flags.json) printJson({ text: job.result?.text, provenance: job.result?.provenance, notices });
    else {
      print(job.result?.text ?? '');
      if (job.result?.provenance) note(formatProvenance(job.result.provenance));
    }
    return 0;
  });
}
