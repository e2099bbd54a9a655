/** A question in the terminal: its own answer streams to stdout, and on a terminal a line says what is done just now. */
import type { CallInput, EngineEvent, Job } from '../../../contract/index.ts';
import type { Engine } from '../../engine/createEngine.ts';
import { runJob } from './jobs.ts';

/** @param isQuiet prints nothing: the answer is read from the job's result */
export async function askAndPrint(engine: Engine, input: CallInput<'ask'>, isQuiet = false): Promise<Job> {
  const stage = stageLine(isQuiet);
  let jobId: string | null = null;
  // An answer that an earlier run left behind may come first; and pieces may come before the call returns.
  const early: Extract<EngineEvent, { type: 'answerDelta' }>[] = [];
  const print = (event: (typeof early)[number]) => {
    if (event.jobId !== jobId || isQuiet) return;
    stage.clear();
    process.stdout.write(event.text);
  };
  const stop = engine.onEvent((event) => {
    if (event.type !== 'answerDelta') return;
    if (jobId === null) early.push(event);
    else print(event);
  });
  const start = async () => {
    const asked = await engine.api.ask(input);
    jobId = asked.jobId;
    for (const event of early) print(event);
    return asked;
  };
  return runJob(engine, start, (job) => stage.show(job.state === 'running' ? job.stage : '')).finally(() => {
    stop();
    stage.clear();
  });
}

/** One line on stderr that is written over; none where stderr is no terminal. */
function stageLine(isQuiet: boolean): { show(text: string): void; clear(): void } {
  if (isQuiet || !process.stderr.isTTY) return { show: () => {}, clear: () => {} };
  const clear = () => void process.stderr.write('\r\x1b[K');
  return { show: (text) => void process.stderr.write(`\r\x1b[K${text}`), clear };
}
