import { expect, test } from 'vitest';
import type { Provenance } from '../../../src/contract/index.ts';
import { openTestLibrary, probed, temporaryFolder } from './libraryFixture.ts';

const provenance: Provenance = {
  model: 'sample',
  provider: 'cpu',
  modality: 'av',
  segment: { startSec: 0.5, endSec: 2 },
  frames: 8,
  audioSeconds: 1.5,
  promptTokens: 100,
  newTokens: 7,
  timings: [{ stage: 'prefill', seconds: 0.25 }],
  stopReason: 'eos',
};

test('a conversation comes back word for word, in its order, after the library was closed', async () => {
  const folder = temporaryFolder();
  const library = openTestLibrary(folder);
  const { item } = await library.registerMedia(probed('/v/a.mp4'));
  const conversation = await library.createConversation(item.id, 'Who sings? 🎤');
  const segment = { startSec: 0, endSec: 2.5 };
  const question = await library.appendMessage(conversation.id, {
    role: 'user',
    text: 'Who «sings»?',
    state: 'done',
    segment,
    provenance: null,
    error: null,
  });
  const answer = await library.appendMessage(conversation.id, {
    role: 'assistant',
    text: '',
    state: 'streaming',
    segment: null,
    provenance: null,
    error: null,
  });
  await library.updateMessage(answer.id, { text: 'A woman.', state: 'done', provenance });
  await library.updateMessage(answer.id, { text: 'A woman sings.' });
  await library.close();

  const again = openTestLibrary(folder);
  const read = await again.getConversation(conversation.id);
  expect(read).toMatchObject({ mediaId: item.id, title: 'Who sings? 🎤', createdAt: conversation.createdAt });
  expect(read.messages).toEqual([question, { ...answer, text: 'A woman sings.', state: 'done', provenance }]);
  expect(await again.listConversations(item.id)).toEqual([
    { id: conversation.id, mediaId: item.id, title: 'Who sings? 🎤', updatedAt: read.updatedAt, messageCount: 2 },
  ]);
  expect(await again.deleteConversation(conversation.id)).toBe(true);
  expect(await again.deleteConversation(conversation.id)).toBe(false);
  await expect(again.getConversation(conversation.id)).rejects.toMatchObject({ code: 'not-found' });
});

test('words for nobody are refused by name', async () => {
  const library = openTestLibrary();
  const message = { role: 'user', text: 'x', state: 'done', segment: null, provenance: null, error: null } as const;
  await expect(library.createConversation('m', 't')).rejects.toThrow('There is no file "m" in this library.');
  await expect(library.appendMessage('c', message)).rejects.toThrow('There is no conversation "c"');
  await expect(library.updateMessage('x', { text: '' })).rejects.toThrow('There is no message "x"');
});

test('settings keep their last value', async () => {
  const library = openTestLibrary();
  expect(await library.getSetting('model')).toBeNull();
  await library.setSetting('model', 'a');
  await library.setSetting('model', 'b');
  expect(await library.getSetting('model')).toBe('b');
});
