/** One pull as a program of its own, which can be killed: `node pullProcess.ts <endpoint> <downloads> [bytes a second]`. */
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { toErrorInfo } from '../../../src/contract/index.ts';
import { hubSource } from '../../../src/main/downloading/hubSource.ts';
import { pullModel } from '../../../src/main/downloading/pullModel.ts';

const [endpoint = '', downloads = '', pace] = process.argv.slice(2);
const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const needs = {
  ...{ endpoint, downloads, source: hubSource({ endpoint, token: process.env.TEST_TOKEN ?? null, fetch }) },
  bytesPerSecond: pace ? Number(pace) : null,
  patience: { tries: 4, firstPauseMs: 1, longestPauseMs: 20 },
};
try {
  let isFull = process.env.TEST_FILLS_DISK !== 'yes';
  const entry = { name: 'a model', repository: 'DAMO-NLP-SG/VideoLLaMA2.1-7B-AV', revision: null };
  const { folder } = await pullModel(entry, needs, {
    onProgress: ({ stage, bytesDone }) => {
      tell({ stage, bytesDone });
      if (isFull || stage !== 'fetching' || bytesDone === 0) return;
      isFull = true;
      fillDisk(join(downloads, 'filler'));
    },
  });
  tell({ folder });
} catch (thrown) {
  tell({ error: toErrorInfo(thrown) });
}

/** Until the system says that nothing more goes. */
function fillDisk(file: string): void {
  const handle = openSync(file, 'w');
  for (let size = 1 << 20; size >= 1; size = size >> 1) {
    const zeros = Buffer.alloc(size);
    try {
      while (writeSync(handle, zeros) > 0);
    } catch {
      // No room for so much: half of it is tried.
    }
  }
}
