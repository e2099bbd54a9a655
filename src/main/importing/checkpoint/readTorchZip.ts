/**
 * A torch zip file (`torch.save`): data.pkl names the tensors, data/<key> holds their values, uncompressed.
 * Only places are read here; the values stay in the file until they are streamed.
 * Source: torch `serialization.py`; pytorch `caffe2/serialize/inline_container.cc`.
 */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { whyRefused } from '../../ports/regularFile.ts';
import { countOf, type StoredTensor, storedDtypes } from './storedTensor.ts';
import { unpickleTensors } from './unpickleTensors.ts';
import { reasonOf } from './unreadable.ts';

const pickleLimitBytes = 64 * 1024 * 1024;
const stored = 0;

/** Never throws for what stands in the file: it is said in `problems`, in words that name the file. */
export async function readTorchZip(file: string): Promise<{ tensors: StoredTensor[]; problems: string[] }> {
  const refused = await stat(file).then((facts) => whyRefused(facts), reasonOf);
  if (refused !== null) return { tensors: [], problems: [`${basename(file)} ${refused}`] };
  let zip: ZipFile | null = null;
  try {
    zip = await openPromise(file, { autoClose: false });
    return { tensors: await tensorsOf(zip, file), problems: [] };
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    return { tensors: [], problems: [`${basename(file)} cannot be read as a torch file: ${reason}`] };
  } finally {
    zip?.close();
  }
}

async function tensorsOf(zip: ZipFile, file: string): Promise<StoredTensor[]> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName.replace(/^[^/]*\//, ''), entry);
  const pickle = entries.get('data.pkl');
  if (!pickle) throw new Error('it holds no data.pkl');
  if (pickle.uncompressedSize > pickleLimitBytes)
    throw new Error(`its data.pkl is larger than ${pickleLimitBytes} bytes`);
  const order = entries.get('byteorder');
  if (order && (await textOf(zip, order)) !== 'little') throw new Error('its values are not little-endian');

  const described = unpickleTensors(await buffer(await zip.openReadStreamPromise(pickle)));
  const starts = new Map<string, number>();
  const tensors: StoredTensor[] = [];
  for (const [name, { dtype, key, storageCount, offset, shape }] of described) {
    const entry = entries.get(`data/${key}`);
    if (!entry) throw new Error(`the values of ${name} are missing (data/${key})`);
    const width = storedDtypes[dtype];
    if (entry.compressionMethod !== stored || entry.uncompressedSize < storageCount * width)
      throw new Error(`the values of ${name} are compressed or truncated (data/${key})`);
    const start = starts.get(key) ?? (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
    starts.set(key, start);
    tensors.push({ name, dtype, shape, file, offset: start + offset * width, bytes: countOf(shape) * width });
  }
  return tensors;
}

async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > 64) return '';
  return (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8');
}
