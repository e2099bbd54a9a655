/** How far it is: a bar with the time left on a terminal, a line now and then elsewhere. On stderr. */
import cliProgress from 'cli-progress';

export interface Progress {
  step(): void;
  end(): void;
}

const format = ' {what} {bar} {value}/{total} {unit}, {eta_formatted} left';
/** Lines that a log gets in all. */
const LINES = 20;

interface Work {
  /** "answering" */
  what: string;
  total: number;
  /** Steps that are done already. */
  known: number;
  /** "clips" */
  unit: string;
}

/** @param known steps that are done already */
export function startProgress(what: string, total: number, known = 0, unit = 'clips'): Progress {
  const work = { what, total, known, unit };
  return process.stderr.isTTY ? bar(work) : lines(work);
}

function bar({ what, total, known, unit }: Work): Progress {
  const shown = new cliProgress.SingleBar(
    { format, hideCursor: true, clearOnComplete: true, stream: process.stderr, etaBuffer: 50 },
    cliProgress.Presets.shades_classic,
  );
  shown.start(total, known, { what, unit });
  return { step: () => shown.increment(), end: () => shown.stop() };
}

function lines({ what, total, known, unit }: Work): Progress {
  const start = performance.now();
  const every = Math.max(1, Math.ceil(total / LINES));
  let done = known;
  return {
    step() {
      done += 1;
      if (done % every !== 0) return;
      const secondsLeft = ((performance.now() - start) / 1000 / (done - known)) * (total - done);
      process.stderr.write(`${what}: ${done} of ${total} ${unit}, ${Math.ceil(secondsLeft)} s left\n`);
    },
    end() {},
  };
}
