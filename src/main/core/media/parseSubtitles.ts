/**
 * Subtitle text to cues, forgiving as players are. SubRip, WebVTT and ASS are read here (subsrt-ts drops cues
 * without a number and reads "5.5" s as 5.005 s); the rarer formats are left to that library.
 */
import { parse as parseRare } from 'subsrt-ts';

export interface Cue {
  startSec: number;
  endSec: number;
  text: string;
}

export const SUBTITLE_EXTENSIONS = ['.srt', '.vtt', '.ass', '.ssa', '.sbv', '.smi'];

/**
 * @param extension lower case, with its dot: one of {@link SUBTITLE_EXTENSIONS}
 * @returns cues in time order, without markup; empty cues are left out
 */
export function parseSubtitles(content: string, extension: string): Cue[] {
  const text = content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const cues = parserFor(extension)(text);
  return cues
    .map((cue) => ({ ...cue, text: withoutMarkup(cue.text) }))
    .filter((cue) => cue.text !== '' && cue.endSec > cue.startSec)
    .sort((a, b) => a.startSec - b.startSec);
}

function parserFor(extension: string): (text: string) => Cue[] {
  if (extension === '.srt' || extension === '.vtt') return parseArrowCues;
  if (extension === '.ass' || extension === '.ssa') return parseAssCues;
  return (text) => parseRareCues(text, extension.slice(1));
}

const ARROW = /^\s*((?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)\s*-->\s*((?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)/;

/** SubRip and WebVTT: a line with an arrow, then text up to an empty line. */
function parseArrowCues(text: string): Cue[] {
  const cues: Cue[] = [];
  let current: Cue | undefined;
  for (const line of text.split('\n')) {
    const times = ARROW.exec(line);
    if (times !== null) {
      current = { startSec: toSeconds(times[1] as string), endSec: toSeconds(times[2] as string), text: '' };
      cues.push(current);
    } else if (line.trim() === '') {
      current = undefined;
    } else if (current !== undefined) {
      current.text = `${current.text}\n${line}`;
    }
  }
  return cues;
}

/** "Dialogue: 0,0:00:01.50,0:00:03.00,…": the Format line of [Events] names the fields; the last one holds commas. */
function parseAssCues(text: string): Cue[] {
  const cues: Cue[] = [];
  let fields = ['layer', 'start', 'end', 'style', 'name', 'marginl', 'marginr', 'marginv', 'effect', 'text'];
  let inEvents = false;
  for (const line of text.split('\n')) {
    if (/^\s*\[/.test(line)) inEvents = /^\s*\[events\]/i.test(line);
    const [, key, rest] = /^\s*(Format|Dialogue)\s*:\s*(.*)$/i.exec(line) ?? [];
    if (!inEvents || key === undefined || rest === undefined) continue;
    if (key.toLowerCase() === 'format') {
      fields = rest.split(',').map((field) => field.trim().toLowerCase());
      continue;
    }
    const parts = rest.split(',');
    const spoken = parts.slice(fields.length - 1).join(',');
    const at = (field: string) => toSeconds(parts[fields.indexOf(field)]?.trim() ?? '');
    const isDrawing = /\{[^}]*\\p[1-9]/.test(spoken);
    if (!isDrawing)
      cues.push({
        startSec: at('start'),
        endSec: at('end'),
        text: spoken.replace(/\\[Nn]/g, '\n').replace(/\\h/g, ' '),
      });
  }
  return cues;
}

function parseRareCues(text: string, format: string): Cue[] {
  return parseRare(text, { format, eol: '\n' }).flatMap((caption) =>
    caption.type === 'caption'
      ? [{ startSec: caption.start / 1000, endSec: caption.end / 1000, text: caption.text }]
      : [],
  );
}

/** "1:02:03,5", "02:03.500" */
function toSeconds(time: string): number {
  const parts = time.replace(',', '.').split(':').map(Number);
  return parts.reduce((seconds, part) => seconds * 60 + part, 0);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', lrm: '', rlm: '' };

/** Takes away tags ("<i>", "<v Bob>"), ASS overrides ("{\an8}") and entities; lines become one. */
function withoutMarkup(text: string): string {
  return text
    .replace(/\{[^}]*\}/g, '')
    .replace(/<\/?[a-zA-Z0-9:][^>]*>/g, '')
    .replace(
      /&(#\d+|#x[\da-f]+|\w+);/gi,
      (whole, name: string) => ENTITIES[name.toLowerCase()] ?? fromNumber(name) ?? whole,
    )
    .replace(/\s+/g, ' ')
    .trim();
}

function fromNumber(name: string): string | undefined {
  if (!name.startsWith('#')) return undefined;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
