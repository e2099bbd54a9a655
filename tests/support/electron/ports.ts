/** Message ports as Electron's main process has them, over those of Node. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Emitter } from './emitter.ts';

class Port extends Emitter {
  readonly inner: MessagePort;
  constructor(inner: MessagePort) {
    super();
    this.inner = inner;
  }
  postMessage(message: unknown) {
    this.inner.postMessage(message);
  }
  start() {
    this.inner.on('message', (data) => this.emit('message', { data }));
    this.inner.on('close', () => this.emit('close'));
  }
  close() {
    this.inner.close();
  }
}

export class MessageChannelMain {
  readonly port1: Port;
  readonly port2: Port;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new Port(port1);
    this.port2 = new Port(port2);
  }
}
