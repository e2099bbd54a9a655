/** A helper process that dies, or does not listen, costs the calls that it was working on. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cancelled, type LogEntry } from '../../../src/contract/index.ts';
import { connectHost, type HostProcess } from '../../../src/main/channel/hostProcess.ts';
import { sendLogTo } from '../../../src/main/log/log.ts';

interface Api {
  pid(): Promise<number>;
  /** Blocks the process, so that it hears nothing. */
  busy(options?: { signal?: AbortSignal }): Promise<never>;
  swallow(): Promise<void>;
  exit(code: number): Promise<never>;
}

function startProcess(): HostProcess {
  const child = fork(join(import.meta.dirname, 'programs', 'stubborn.ts'), [], { serialization: 'advanced' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    pid: child.pid,
    post: (message) => void (child.connected && child.send(message as object)),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', (code) => listener(code)),
    kill: () => void child.kill('SIGKILL'),
  };
}

test('its end rejects what is pending and what comes later, with the exit code', async () => {
  const started = startProcess();
  const host = connectHost<Api>(started);
  expect(await host.api.pid()).toBe(started.pid);
  await expect(host.api.exit(7)).rejects.toMatchObject({
    code: 'model-crashed',
    message: expect.stringContaining('exit code 7'),
  });
  expect(await host.exited).toBe(7);
  await expect(host.api.pid()).rejects.toMatchObject({ code: 'model-crashed' });
});

test('one that does not stop is ended, so that its successor can serve', async () => {
  let told = 0;
  const host = connectHost<Api>(startProcess(), { onStuck: () => void told++ });
  await host.api.pid();
  const controller = new AbortController();
  const call = host.api.busy({ signal: controller.signal });
  controller.abort(cancelled());
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  await host.exited;
  expect(told).toBe(1);
});

test('what is swallowed in a helper process is noted in the log of whoever started it', async () => {
  const entries: LogEntry[] = [];
  onTestFinished(sendLogTo((entry) => void entries.push(entry)));
  await connectHost<Api>(startProcess()).api.swallow();
  expect(entries).toMatchObject([
    { level: 'warn', process: 'stubborn', message: 'a file was not removed', error: { cause: 'EBUSY' } },
  ]);
});
