/** Asks one question after another until it is killed: node askForever.ts <library folder> */
import { randomUUID } from 'node:crypto';
import { newJob } from '../../../../src/main/engine/queue/newJob.ts';
import { createLibrary } from '../../../../src/main/library/createLibrary.ts';
import { probed } from '../probedFile.ts';

const library = createLibrary({ folder: process.argv[2] as string });
const { item } = await library.registerMedia(probed('/v/a.mp4'));
for (let count = 0; ; count++) {
  const [conversationId, answerId] = [randomUUID(), randomUUID()];
  const payload = { conversationId, messageId: answerId };
  await library.addQuestion({
    ...{ mediaId: item.id, conversationId, isFirst: true, question: `Question ${count}?`, answerId },
    segment: { startSec: 0, endSec: 10 },
    job: newJob({ kind: 'ask', title: 'a question', priority: 100, payload }),
  });
  if (count === 0) process.stdout.write('asking\n');
}
