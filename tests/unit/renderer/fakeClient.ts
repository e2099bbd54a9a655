import type { CallInput, CallName, CallResults, EngineEvent, PlayheadClient } from '../../../src/contract/index.ts';

type Answers = { [N in CallName]?: (input: CallInput<N>) => Promise<CallResults[N]> | CallResults[N] };

/** A client whose answers a test writes; events and connection states are sent by hand. */
export function createFakeClient(answers: Answers) {
  const listeners = new Set<(event: EngineEvent) => void>();
  const stateListeners = new Set<(state: 'connecting' | 'open' | 'lost') => void>();
  const calls: { name: CallName; input: unknown }[] = [];
  const client: PlayheadClient = {
    async call(name, input) {
      calls.push({ name, input });
      const answer = answers[name];
      if (!answer) throw new Error(`the test gives no answer to ${name}`);
      return answer(input);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onConnection(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    urlOf: (route) => `test:${route}`,
  };
  return {
    client,
    calls,
    emit: (event: EngineEvent) => listeners.forEach((listener) => void listener(event)),
    connect: (state: 'open' | 'lost') => stateListeners.forEach((listener) => void listener(state)),
  };
}

/** A promise that the test settles. */
export function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
}

export const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
