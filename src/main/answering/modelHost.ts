/** The model's process: paths and prompts in, text and vectors out, for whoever started it. */
import { serveParent } from '../channel/parentPort.ts';
import { createModelHost } from './tasks/createModelHost.ts';

serveParent('modelHost', createModelHost());
