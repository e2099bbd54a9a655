/** The recognisers' process: on-screen text and things seen, for whoever started it. */
import { serveParent } from '../channel/parentPort.ts';
import { createRecogniser } from './createRecogniser.ts';

const { recognise } = createRecogniser();
serveParent('recogniserHost', { recognise });
