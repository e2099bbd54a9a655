/** Whether this browser engine plays a file as it is, and if not, which pieces it gets instead. */
import type { PlayableFormat, PlaybackFacts } from '../../contract/playback.ts';

/** ffmpeg's demuxers, by a word of their names, that browser engines read; the rest is converted. */
const containers: Record<string, { video: string; audio: string }> = {
  mp4: { video: 'video/mp4', audio: 'audio/mp4' },
  matroska: { video: 'video/webm', audio: 'audio/webm' },
  ogg: { video: 'video/ogg', audio: 'audio/ogg' },
  mp3: { video: '', audio: 'audio/mpeg' },
  wav: { video: '', audio: 'audio/wav' },
  flac: { video: '', audio: 'audio/flac' },
  aac: { video: '', audio: 'audio/aac' },
};

/** ffmpeg's names of codecs as browsers write them: of the simplest kind that is in wide use. */
const codecs: Record<string, string> = {
  h264: 'avc1.42E01E',
  hevc: 'hvc1.1.6.L93.B0',
  vp8: 'vp8',
  vp9: 'vp09.00.10.08',
  av1: 'av01.0.04M.08',
  aac: 'mp4a.40.2',
  mp3: 'mp3',
  opus: 'opus',
  vorbis: 'vorbis',
  flac: 'flac',
};

/** Types that say it all: their codec needs no name. */
const saysItAll = ['audio/mpeg', 'audio/wav', 'audio/flac', 'audio/aac'];

/** @param canPlay `canPlayType` of a media element: "" for no */
export function playsAsItIs(facts: PlaybackFacts, canPlay: (type: string) => string): boolean {
  if (!facts.hasOneClock || !playsThisSound(facts)) return false;
  const container = Object.entries(containers).find(([word]) => facts.container.split(',').includes(word))?.[1];
  const type = facts.videoCodec === null ? container?.audio : container?.video;
  if (!type) return false;
  if (saysItAll.includes(type)) return canPlay(type) !== '';
  const named = [facts.videoCodec, facts.audioCodec].filter((codec) => codec !== null);
  return named.every((codec) => {
    const name = codecs[codec];
    // Each by itself, in a container that may hold any: it is the decoder that is asked about.
    return (
      name !== undefined && ['video/mp4', 'video/webm', type].some((t) => canPlay(`${t}; codecs="${name}"`) !== '')
    );
  });
}

/** A browser engine plays the first sound track, whatever is chosen. */
function playsThisSound({ soundTracks, soundTrack, isOwnSoundTrack }: PlaybackFacts): boolean {
  return soundTracks.length < 2 || (isOwnSoundTrack && soundTracks[0]?.streamIndex === soundTrack);
}

const pictures: [PlayableFormat, string][] = [
  ['h264', 'avc1.64001F'],
  ['vp9', 'vp09.00.40.08'],
];

export interface PieceType {
  format: PlayableFormat;
  /** As MediaSource wants it. */
  mimeType: string;
}

/** The first kind of pieces that this engine decodes; null where it decodes none. */
export function choosePieceType(
  facts: Pick<PlaybackFacts, 'videoCodec' | 'audioCodec'>,
  isSupported: (type: string) => boolean,
): PieceType | null {
  const sound = facts.audioCodec === null ? [] : ['flac'];
  const types = pictures.map(([format, codec]) => {
    if (facts.videoCodec === null) return { format, mimeType: 'audio/mp4; codecs="flac"' };
    return { format, mimeType: `video/mp4; codecs="${[codec, ...sound].join(', ')}"` };
  });
  return types.find(({ mimeType }) => isSupported(mimeType)) ?? null;
}

/** What is done to a file, for the person: "This window cannot play hevc with ac3: …". */
export function describeConversion(facts: PlaybackFacts): string {
  const { videoCodec, audioCodec, isHdr } = facts;
  const codecs = [videoCodec, audioCodec].filter((codec) => codec !== null).join(' with ');
  const names = playsThisSound(facts) ? codecs : 'this sound track';
  const size = videoCodec === null ? '' : ', with at most 1,280 pixels';
  const colours = isHdr ? '; its HDR colours are fitted to a plain display' : '';
  return `This window cannot play ${names} as it is. It is converted while it plays${size}${colours}; the file stays as it is.`;
}
