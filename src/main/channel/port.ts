/** One end of whatever carries messages: a message port, a socket, a thread, a process. Messages arrive in their order. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}
