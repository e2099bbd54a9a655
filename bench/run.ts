/**
 * npm run bench -- [--model <bundle folder>] [--clip <video>] [--seconds 10] [--runs 5] [--questions 1000]
 * Prints a table of what was measured here and now; each figure is the minimum of the runs.
 */
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchAsk } from './benchAsk.ts';
import { benchDecoder } from './benchDecoder.ts';
import { benchMemory } from './benchMemory.ts';
import { table } from './report.ts';

const resources = fileURLToPath(new URL('../resources/', import.meta.url));
const { values } = parseArgs({
  options: {
    model: { type: 'string', default: `${resources}models/sample-av` },
    clip: { type: 'string', default: `${resources}samples/parade.mp4` },
    seconds: { type: 'string', default: '10' },
    runs: { type: 'string', default: '5' },
    questions: { type: 'string', default: '1000' },
  },
});
const runs = Number(values.runs);
const clip = {
  path: values.clip,
  kind: 'video' as const,
  segment: { startSec: 0, endSec: Number(values.seconds) },
  hasAudio: true,
};

console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}, minimum of ${runs} runs\n`);
const rows = [
  ...(await benchAsk(values.model, clip, runs)),
  ...(await benchDecoder(values.model, runs)),
  ...(await benchMemory(values.model, clip, Number(values.questions))),
];
console.log(table(rows));
