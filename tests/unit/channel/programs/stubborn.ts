/** A helper process that can be blocked and ended. */
import { serveParent } from '../../../../src/main/channel/parentPort.ts';

serveParent({
  pid: async () => process.pid,
  async busy() {
    for (;;);
  },
  exit: async (code: number) => process.exit(code),
});
