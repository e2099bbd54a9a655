/** Every kind of job. Adding one: its file here, its name in this list, its row in `contract/jobs.ts`. */
import type { JobKind } from '../../../contract/index.ts';
import type { DefinedJob, JobWorker } from '../queue/defineJob.ts';
import { addJob } from './addJob.ts';
import { askJob } from './askJob.ts';
import { captionJob } from './captionJob.ts';
import { importJob } from './importJob.ts';
import { indexJob } from './indexJob.ts';
import { probeJob } from './probeJob.ts';
import { pullJob } from './pullJob.ts';
import { scanJob } from './scanJob.ts';

const allJobs = {
  scan: scanJob,
  probe: probeJob,
  index: indexJob,
  ask: askJob,
  caption: captionJob,
  add: addJob,
  pull: pullJob,
  import: importJob,
} satisfies {
  [K in JobKind]: Pick<DefinedJob<K, never, never>, 'kind' | 'workerWith'>;
};

type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;
/** What all of them need together. */
export type JobNeeds = Together<Parameters<(typeof allJobs)[JobKind]['workerWith']>[0]>;

export function workersWith(needs: JobNeeds): JobWorker[] {
  return Object.values(allJobs).map((job) => job.workerWith(needs));
}
