/** A helper process that can be blocked and ended. */
import { serveParent } from '../../../../src/main/channel/parentPort.ts';
import { ignore } from '../../../../src/main/log/log.ts';

serveParent('stubborn', {
  pid: async () => process.pid,
  async busy() {
    for (;;);
  },
  swallow: () => Promise.reject(new Error('EBUSY')).catch(ignore('a file was not removed')),
  exit: async (code: number) => process.exit(code),
});
