/** The model's process: paths and prompts in, text and vectors out, for whoever started it. */
import { parentHostPort, serveHost } from './ports/hostChannel.ts';
import type { ModelHostEvents } from './ports/modelHostApi.ts';
import { createModelHost } from './tasks/createModelHost.ts';

const port = parentHostPort();
if (port === null) {
  console.error('modelHost serves a parent process: start it with child_process.fork or as an utilityProcess.');
  process.exit(2);
}
serveHost<ModelHostEvents>(port, createModelHost);
