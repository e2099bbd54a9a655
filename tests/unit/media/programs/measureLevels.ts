/** Measures the loudness of the file that is named, in a process of its own: node measureLevels.ts <file> */
import { openSource } from '../../../../src/main/media/openSource.ts';
import { measureSoundLevels } from '../../../../src/main/media/soundLevels.ts';

const { energies } = await measureSoundLevels(await openSource(process.argv[2] as string));
console.log(JSON.stringify({ windows: energies.length, bytes: energies.byteLength }));
