/** Adds files with segments and knowledge to the library in argv[2]; argv[3] names them, argv[4] counts them. */
import { createLibrary } from '../../../../src/main/library/createLibrary.ts';

const [, , folder = '', name = '', count = '0'] = process.argv;
const library = createLibrary({ folder, busyTimeoutMs: 20_000 });
for (let index = 0; index < Number(count); index++) {
  const path = `/v/${name}${index}.mp4`;
  const { item } = await library.registerMedia({
    path,
    fileName: `${name}${index}.mp4`,
    kind: 'video',
    durationSec: 20,
    width: 1,
    height: 1,
    fps: 1,
    hasAudio: false,
    videoCodec: null,
    sizeBytes: 1,
    modifiedMs: 0,
    fingerprint: path,
    contentHash: path,
    gone: [],
    isSample: false,
  });
  const two = [0, 10].map((startSec) => ({ startSec, endSec: startSec + 10, thumbnailPath: null }));
  for (const id of await library.replaceSegments(item.id, two)) {
    await library.replaceKnowledge(id, [
      { kind: 'thing', text: `thing${name}`, startSec: 0, endSec: 10, source: 'test', confidence: 1 },
    ]);
  }
  process.stdout.write(`${index}\n`);
}
await library.close();
