/** Bytes with something broken in them: what a bad disk, a broken download or a hostile author makes of a file. */
import type { Random } from './random.ts';

/** Most of what is read at once is at the beginning: half of the changes are made there. */
const headBytes = 4096;

export function mutate(random: Random, bytes: Buffer): Buffer {
  const ways = [changeSome, changeSome, changeSome, cut, repeat, zero, extreme];
  const times = 1 + random.below(3);
  let changed: Buffer = Buffer.from(bytes);
  for (let count = 0; count < times; count++) changed = random.pick(ways)(random, changed);
  return changed;
}

const placeIn = (random: Random, { length }: Buffer) =>
  random.below(Math.max(1, random.chance(0.5) ? Math.min(headBytes, length) : length));

function changeSome(random: Random, bytes: Buffer): Buffer {
  for (let count = 1 + random.below(16); count > 0; count--) random.bytes(1).copy(bytes, placeIn(random, bytes));
  return bytes;
}

function cut(random: Random, bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, Math.max(1, random.below(bytes.length))));
}

function repeat(random: Random, bytes: Buffer): Buffer {
  const [from, length, to] = [placeIn(random, bytes), 1 + random.below(2000), placeIn(random, bytes)];
  return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from, from + length), bytes.subarray(to)]);
}

function zero(random: Random, bytes: Buffer): Buffer {
  const at = placeIn(random, bytes);
  return bytes.fill(0, at, Math.min(bytes.length, at + random.below(512)));
}

/** A size or a number that nobody expects. */
function extreme(random: Random, bytes: Buffer): Buffer {
  const value = random.pick([0xffffffff, 0x7fffffff, 0x80000000, 0, 1]);
  const at = placeIn(random, bytes);
  if (at + 4 <= bytes.length) bytes.writeUInt32BE(value, at);
  return bytes;
}
