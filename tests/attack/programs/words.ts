/** Writes into a library and says so: `words.ts <folder> [early]`. A line is printed when its message is acknowledged; `early` says so before it is written. */
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import { probed } from '../../unit/library/probedFile.ts';

const [folder = '', mode] = process.argv.slice(2);
const library = createLibrary({ folder });
const { item } = await library.registerMedia(probed('/v/a.mp4'));
const known = await library.listConversations(item.id);
const { id } = known[0] ?? (await library.createConversation(item.id, 'talk'));
console.log(`conversation ${id}`);
const word = { role: 'user', state: 'done', segment: null, provenance: null, error: null } as const;
for (let count = 0; ; count++) {
  const text = `${process.pid}:${count}`;
  if (mode === 'early') console.log(`said ${text}`);
  await library.appendMessage(id, { ...word, text });
  if (mode !== 'early') console.log(`said ${text}`);
}
