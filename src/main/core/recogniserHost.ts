/** The recognisers' process: on-screen text and things seen, for whoever started it. */
import { parentHostPort, serveHost } from './ports/hostChannel.ts';
import { createRecogniser } from './recognise/createRecogniser.ts';

const port = parentHostPort();
if (port === null) {
  console.error('recogniserHost serves a parent process: start it with child_process.fork or as an utilityProcess.');
  process.exit(2);
}
const { recognise, cancel } = createRecogniser();
serveHost(port, () => ({ recognise, cancel }));
