/** The recognisers' process: on-screen text, things, speech, and what texts mean, for whoever started it. */
import { serveParent } from '../channel/parentPort.ts';
import { createRecogniser } from './createRecogniser.ts';
import { createMeaningReader } from './meaning/meaningReader.ts';
import { graphFolder } from './modelFiles.ts';

const { recognise } = createRecogniser();
const { readMeanings } = createMeaningReader(graphFolder());
serveParent('recogniserHost', { recognise, readMeanings });
