/** Opens the file in argv[2] and prints what kind it is, or the code of the error. */
import { openMedia } from '../../../../src/main/media/openMedia.ts';

const [, , file = ''] = process.argv;
console.log(
  await openMedia(file).then(
    ({ facts }) => facts.kind,
    ({ code }) => code,
  ),
);
