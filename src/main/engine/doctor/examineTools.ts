import { listDecoders } from '../../media/listDecoders.ts';
import { locateTools, oldToolNotice, requireTool } from '../../media/locateFfmpeg.ts';
import { fine, warning } from './finding.ts';

/** What films and sound of cameras, phones and the web are in. */
const usual = [
  'h264',
  'hevc',
  'av1',
  'vp8',
  'vp9',
  'mpeg2video',
  'mpeg4',
  'aac',
  'mp3',
  'opus',
  'vorbis',
  'flac',
  'ac3',
];

export const examineTools = [
  {
    id: 'ffmpeg',
    name: 'ffmpeg',
    async look() {
      const { version, origin } = await requireTool('ffmpeg');
      const old = await oldToolNotice();
      const found = `${version}, from ${origin}`;
      return old === null ? fine(found) : warning(found, old);
    },
  },
  {
    id: 'ffprobe',
    name: 'ffprobe',
    async look() {
      await requireTool('ffprobe');
      const { ffprobe } = await locateTools();
      return fine(`${ffprobe.version}, from ${ffprobe.origin}`);
    },
  },
  {
    id: 'codecs',
    name: 'Codecs',
    async look() {
      const known = await listDecoders();
      const missing = usual.filter((name) => !known.has(name));
      const found = `${known.size} kinds of video and sound can be read`;
      return missing.length === 0
        ? fine(`${found}, the usual ones among them`)
        : warning(`${found}; not ${missing.join(', ')}`, 'Install a complete ffmpeg to read files of these kinds.');
    },
  },
];
