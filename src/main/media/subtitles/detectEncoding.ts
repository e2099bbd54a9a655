/**
 * Which encoding a text has. A byte order mark and valid UTF-8 are believed; else the bytes are compared with what
 * texts of 100 languages look like (jschardet, a port of chardet 7), and the language in the file's name has its say.
 */
import { isUtf8 } from 'node:buffer';
import { decodeBytes } from './decodeBytes.ts';

export interface DetectedEncoding {
  /** As iconv-lite names it: "windows-1251". */
  encoding: string;
  /** Another encoding that fits nearly as well and gives other words, or null. */
  rival: string | null;
}

interface Candidate {
  encoding: string;
  score: number;
  /** The sample, decoded. */
  text: string;
}

/** What text files are really written in, by jschardet's names, and what iconv-lite calls it. */
const ENCODINGS: Record<string, string> = {
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
  'windows-1252': 'windows-1252',
  'windows-1253': 'windows-1253',
  'windows-1254': 'windows-1254',
  'windows-1255': 'windows-1255',
  'windows-1256': 'windows-1256',
  'windows-1257': 'windows-1257',
  cp1258: 'windows-1258',
  cp874: 'windows-874',
  'tis-620': 'windows-874',
  'koi8-r': 'koi8-r',
  'koi8-u': 'koi8-u',
  ibm866: 'cp866',
  cp850: 'cp850',
  cp852: 'cp852',
  'iso-8859-2': 'iso-8859-2',
  'iso-8859-5': 'iso-8859-5',
  'iso-8859-6': 'iso-8859-6',
  'iso-8859-7': 'iso-8859-7',
  'iso-8859-9': 'iso-8859-9',
  gb18030: 'gb18030',
  big5: 'big5',
  big5hkscs: 'big5',
  cp932: 'shift_jis',
  shift_jis: 'shift_jis',
  'euc-jp': 'euc-jp',
  'iso-2022-jp': 'iso-2022-jp',
  cp949: 'euc-kr',
  'euc-kr': 'euc-kr',
};
/** The names under which jschardet is told to look for them. */
const LOOKED_FOR = [...Object.keys(ENCODINGS), 'cp1258', 'cp866'];

const LINE_FEED = 0x0a;
const SAMPLE_BYTES = 2 ** 15;
/** A candidate that scores this share of the best one is its rival. */
const NEARLY = 0.85;
/** How much the language of the name counts: names are wrong, too. */
const HINT_WEIGHT = 2;
/** Of two that fit alike, the commoner one is meant. */
const COMMONNESS: Record<string, number> = { 'windows-1252': 1.1, 'iso-8859-6': 0.8 };

/** @param hinted encodings of the language that the file's name tells, the likeliest first */
export async function detectEncoding(bytes: Uint8Array, hinted: readonly string[]): Promise<DetectedEncoding> {
  const certain = certainEncoding(bytes);
  if (certain !== null) return { encoding: certain, rival: null };
  const candidates = await judgeCandidates(sampleOf(bytes), hinted);
  const best = candidates[0] ?? { encoding: 'windows-1252', score: 0, text: '' };
  const rival = candidates.find(({ text, score }) => text !== best.text && score >= best.score * NEARLY);
  return { encoding: best.encoding, rival: rival?.encoding ?? null };
}

/** By the mark at the beginning, by being valid UTF-8 (but for a few broken letters), or by zeros at every other byte. */
function certainEncoding(bytes: Uint8Array): string | null {
  const starts = (...mark: number[]) => mark.every((byte, i) => bytes[i] === byte);
  if (starts(0xff, 0xfe, 0, 0)) return 'utf-32le';
  if (starts(0xff, 0xfe)) return 'utf-16le';
  if (starts(0xfe, 0xff)) return 'utf-16be';
  const head = bytes.subarray(0, SAMPLE_BYTES);
  const [even, odd] = [zerosAt(head, 0), zerosAt(head, 1)];
  if (odd > head.length / 20 && odd > 5 * even) return 'utf-16le';
  if (even > head.length / 20 && even > 5 * odd) return 'utf-16be';
  if (Buffer.from(head).includes('\x1b$B', 0, 'latin1')) return 'iso-2022-jp';
  return isUtf8(bytes) || isNearlyUtf8(bytes) ? 'utf-8' : null;
}

function zerosAt(bytes: Uint8Array, parity: 0 | 1): number {
  let zeros = 0;
  for (let i = parity; i < bytes.length; i += 2) if (bytes[i] === 0) zeros++;
  return zeros;
}

function isNearlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(sampleOf(bytes));
  const broken = text.match(/\uFFFD/g)?.length ?? 0;
  const foreign = text.match(/[^\p{ASCII}\uFFFD]/gu)?.length ?? 0;
  return foreign > 20 * broken;
}

/** The lines that tell: those with more than plain ASCII, together at most 32 KiB. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const lines: Uint8Array[] = [];
  let total = 0;
  for (let at = 0; at < bytes.length && total < SAMPLE_BYTES; at++) {
    const byte = bytes[at] as number;
    if (byte < 0x80 && byte !== 0x1b) continue;
    const start = bytes.lastIndexOf(LINE_FEED, at) + 1;
    const lineFeed = bytes.indexOf(LINE_FEED, at);
    const line = bytes.subarray(Math.max(start, at - SAMPLE_BYTES), lineFeed < 0 ? bytes.length : lineFeed + 1);
    lines.push(line.subarray(0, SAMPLE_BYTES));
    total += line.length;
    at = lineFeed < 0 ? bytes.length : lineFeed;
  }
  return Buffer.concat(lines);
}

/** Best first. */
async function judgeCandidates(sample: Uint8Array, hinted: readonly string[]): Promise<Candidate[]> {
  const { detectAll } = await import('jschardet'); // its tables take a tenth of a second, which UTF-8 need not pay
  const found = detectAll(Buffer.from(sample), { detectEncodings: LOOKED_FOR, minimumThreshold: 0.001 });
  const scores = new Map(hinted.map((encoding) => [encoding, 0.01]));
  for (const { encoding: name, confidence } of found) {
    const encoding = ENCODINGS[name?.toLowerCase() ?? ''];
    if (encoding !== undefined) scores.set(encoding, Math.max(confidence, scores.get(encoding) ?? 0));
  }
  return [...scores]
    .map(([encoding, confidence]) => {
      const text = decodeBytes(sample, encoding);
      const weight = (COMMONNESS[encoding] ?? 1) * (hinted.includes(encoding) ? HINT_WEIGHT : 1);
      return { encoding, text, score: confidence * weight * plausibility(text) };
    })
    .sort((a, b) => b.score - a.score);
}

/** 0 to 1: letters that do not exist, or alphabets mixed within a word, are no text. */
function plausibility(text: string): number {
  const foreign = text.match(/[^\p{ASCII}]/gu)?.length ?? 1;
  const impossible = text.match(/[\uFFFD\u0080-\u009F\p{Co}\p{Cn}]/gu)?.length ?? 0;
  const mixed = text.match(/[A-Za-z][\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}]/gu);
  const within = text.match(/[a-z][^\p{ASCII}\p{Script=Latin}\p{M}\p{Pd}’‘·…]+(?=[a-z])/gu);
  return Math.max(0, 1 - (10 * impossible + 2 * ((mixed?.length ?? 0) + (within?.length ?? 0))) / foreign);
}
