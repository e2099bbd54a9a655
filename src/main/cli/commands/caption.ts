import { runJob } from '../jobs.ts';
import { print, printJson } from '../output.ts';
import { withEngine } from '../withEngine.ts';
import { answerJson, type ClipFlags, clipFrom, explainAnswer } from './ask.ts';

/** `playhead caption <file>` */
export async function captionCommand(file: string, flags: ClipFlags & { details?: boolean }): Promise<number> {
  return withEngine(flags, {}, async (engine) => {
    const segment = clipFrom(flags);
    const job = await runJob(engine, () => engine.api.caption({ source: { path: file }, segment }));
    const result = job.result ?? {};
    if (flags.json) printJson(answerJson(result));
    else {
      print(result.text ?? '');
      explainAnswer(result, flags);
    }
    return 0;
  });
}
