/** A call over a border reads and ends like a call at home: on a real message port, where everything is cloned. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { cancelled, PlayheadError } from '../../../src/contract/index.ts';
import { connect } from '../../../src/main/channel/connect.ts';
import { serve } from '../../../src/main/channel/serve.ts';
import { portPair } from './portPair.ts';

interface Options {
  signal?: AbortSignal;
  onText?(text: string): void;
  onStage?(stage: string): void;
  times?: number;
}

interface Api {
  add(a: number, b: number): Promise<number>;
  tell(text: string, options?: Options): Promise<string>;
  /** Resolves when a call of `tell` that has ended has spoken once more. */
  spokenAfterwards(): Promise<void>;
  endless(options: Options): Promise<never>;
  fail(): Promise<never>;
  stumble(): Promise<never>;
  uncloneable(): Promise<unknown>;
}

interface Events {
  noticed(text: string): void;
}

function start(onStuck = () => {}) {
  const ports = portPair();
  onTestFinished(ports.close);
  const heard: unknown[] = [];
  let afterwards = Promise.resolve();
  const api: Api & { unlisted?: unknown } = {
    add: async (a, b) => a + b,
    async tell(text, { onText, onStage, times = 1 } = {}) {
      onStage?.('telling');
      for (let i = 0; i < times; i++) onText?.(`${text} ${i}`);
      afterwards = nextTurn().then(() => onText?.('afterwards'));
      return text;
    },
    spokenAfterwards: () => afterwards,
    endless: ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          heard.push(signal.reason);
          reject(signal.reason);
        });
      }),
    async fail() {
      const cause = new Error('the disk said no');
      throw new PlayheadError({ code: 'disk-full', message: 'Full.', file: '/a', hint: 'Make room.' }, { cause });
    },
    async stumble() {
      throw new TypeError('x is not a function');
    },
    uncloneable: async () => () => {},
  };
  const told: string[] = [];
  const events: Events = { noticed: (text) => void told.push(text) };
  const { tell } = serve<Events>(ports.far, api);
  return { ...connect<Api>(ports.near, { events, onStuck }), heard, ports, tell, told };
}

test('a result comes back, and several calls do not mix', async () => {
  const { api } = start();
  expect(await Promise.all([api.add(1, 2), api.add(3, 4), api.add(5, 6)])).toEqual([3, 7, 11]);
});

test('an abort ends the call at once with its own reason, and reaches the work as `cancelled`', async () => {
  const { api, heard } = start();
  const controller = new AbortController();
  const call = api.endless({ signal: controller.signal });
  await api.add(0, 0); // the call has arrived
  const reason = new Error('another job goes first');
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
  await api.add(0, 0);
  expect(heard).toMatchObject([{ code: 'cancelled' }]);
});

test('a call with a signal that was aborted before is not made', async () => {
  const { api, heard } = start();
  await expect(api.endless({ signal: AbortSignal.abort(cancelled()) })).rejects.toMatchObject({ code: 'cancelled' });
  await api.add(0, 0);
  expect(heard).toEqual([]);
});

test('callbacks come in order, all before the result, and none after it', async () => {
  const { api } = start();
  const told: string[] = [];
  const onText = (text: string) => void told.push(text);
  const onStage = (stage: string) => void told.push(stage);
  const result = await api.tell('word', { onText, onStage, times: 500 });
  told.push(result);
  await api.spokenAfterwards();
  expect(told).toEqual(['telling', ...Array.from({ length: 500 }, (_, i) => `word ${i}`), 'word']);
});

test('a callback that throws does not break the call', async () => {
  const { api } = start();
  const onText = () => {
    throw new Error('the listener broke');
  };
  expect(await api.tell('word', { onText, times: 3 })).toBe('word');
});

test('an error crosses with code, file, hint and cause; any other error as `internal` in its own words', async () => {
  const { api } = start();
  const error = await api.fail().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PlayheadError);
  expect(error).toMatchObject({ code: 'disk-full', message: 'Full.', file: '/a', hint: 'Make room.' });
  expect((error as PlayheadError).causeText).toBe('the disk said no');
  await expect(api.stumble()).rejects.toMatchObject({ code: 'internal', causeText: 'x is not a function' });
});

test('only the API’s own names answer, none of its prototype’s', async () => {
  const { api } = start();
  const any = api as unknown as Record<string, () => Promise<unknown>>;
  for (const name of ['nothing', 'toString', 'constructor', '__proto__', 'hasOwnProperty']) {
    await expect(any[name]?.(), name).rejects.toMatchObject({ code: 'invalid-input' });
  }
});

test('a result that cannot cross is told as an error', async () => {
  await expect(start().api.uncloneable()).rejects.toMatchObject({ code: 'internal' });
});

test('what is no message of the channel is passed over', async () => {
  const { api, ports } = start();
  for (const noise of [null, 3, 'text', [], {}, { t: 'q' }, { t: 'q', m: 'add' }, { t: 's' }, { t: 's', i: 'none' }]) {
    ports.near.post(noise);
    ports.far.post(noise);
  }
  expect(await api.add(1, 1)).toBe(2);
});

test('events come in order, and one that nobody listens to is passed over', async () => {
  const { api, tell, told } = start();
  tell('noticed', 'one');
  (tell as (name: string) => void)('unheard');
  tell('noticed', 'two');
  expect(await api.add(1, 1)).toBe(2);
  expect(told).toEqual(['one', 'two']);
});

test('once it is closed, what is pending and what is asked later rejects with the reason', async () => {
  const { api, close } = start();
  const pending = api.endless({});
  close(new PlayheadError({ code: 'connection-lost', message: 'Gone.' }));
  await expect(pending).rejects.toMatchObject({ code: 'connection-lost' });
  await expect(api.add(1, 2)).rejects.toMatchObject({ code: 'connection-lost' });
});

test('work that goes on five seconds after it was aborted is reported, work that stopped is not', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const ports = portPair();
  onTestFinished(ports.close);
  const deaf = { work: () => new Promise(() => {}), add: async () => 0 };
  serve(ports.far, deaf);
  const onStuck = vi.fn();
  const { api } = connect<{ work(options: Options): Promise<never>; add(): Promise<number> }>(ports.near, { onStuck });
  const controller = new AbortController();
  const call = api.work({ signal: controller.signal });
  controller.abort(cancelled());
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  vi.advanceTimersByTime(4_999);
  expect(onStuck).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onStuck).toHaveBeenCalledOnce();

  const stops = start(onStuck);
  const again = new AbortController();
  const stopped = stops.api.endless({ signal: again.signal });
  again.abort(cancelled());
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  await stops.api.add(0, 0);
  vi.advanceTimersByTime(10_000);
  expect(onStuck).toHaveBeenCalledOnce();
});
