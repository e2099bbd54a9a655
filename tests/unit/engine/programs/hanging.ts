/** A helper process that never comes to an end of what it is asked for, and does not hear that it may stop. */
import { serveParent } from '../../../../src/main/channel/parentPort.ts';

const calls = ['recognise', 'answer', 'caption', 'embedClip', 'embedText', 'loadModel', 'importCheckpoint'];

const hang = () => new Promise<never>(() => {});

serveParent('hanging', Object.fromEntries(calls.map((name) => [name, hang])));
