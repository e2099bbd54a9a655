import { requireTool } from './locateFfmpeg.ts';
import { runTool } from './runFfmpeg.ts';

/** The names of what the ffmpeg in use can decode: "h264", "aac". @throws PlayheadError `ffmpeg-missing` */
export async function listDecoders(): Promise<Set<string>> {
  const { path } = await requireTool('ffmpeg');
  const { stdout } = await runTool(path, ['-hide_banner', '-v', 'error', '-codecs'], { timeLimitSec: 20 });
  const rows = Buffer.from(stdout)
    .toString('utf8')
    .matchAll(/^ D[.\w]{5} (\w+)/gm);
  return new Set([...rows].map(([, name]) => name as string));
}
