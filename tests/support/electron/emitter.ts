import { EventEmitter } from 'node:events';

/** Without the static side, which has no name outside. */
export const Emitter = EventEmitter as new () => EventEmitter;

export type Emitting<T, K extends keyof T> = Pick<T, K> & EventEmitter;

/** An event that can be prevented. */
export function preventable() {
  const event = {
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}
