import { runJob } from '../jobs.ts';
import { clipOptions, engineOptions } from '../options.ts';
import { print, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';
import { answerJson, type ClipFlags, clipFrom, explainAnswer } from './ask.ts';

export const captionCommand: TerminalCommand = {
  signature: 'caption <file>',
  description: 'describe a file or a clip of it',
  options: [...engineOptions, ...clipOptions],
  run: caption,
};

async function caption(file: string, flags: ClipFlags): Promise<number> {
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
