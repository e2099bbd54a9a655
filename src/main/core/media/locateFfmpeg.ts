import type { ToolStatus } from '../../../contract/index.ts';

export async function locateTools(): Promise<{ ffmpeg: ToolStatus; ffprobe: ToolStatus }> {
  throw new Error('not yet');
}
