/** The filters between a decoded frame and 8-bit RGB. */
import type { VideoStream } from './readStreams.ts';

export interface PixelSize {
  width: number;
  height: number;
}

/** The size of frames whose longest edge is at most `maxEdge` pixels. */
export function fitInto(size: PixelSize, maxEdge: number | undefined): PixelSize {
  const longest = Math.max(size.width, size.height);
  if (maxEdge === undefined || longest <= maxEdge) return size;
  const scale = maxEdge / longest;
  return { width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) };
}

/**
 * Filters to try, best first: a film in HDR is tone mapped where this ffmpeg can do it, and otherwise converted
 * as it is (a little pale). The size is always given, so that a change of size within the file cannot shift rows.
 */
export function toRgbFilters(video: Pick<VideoStream, 'isHdr'>, size: PixelSize): string[] {
  const plain = `scale=${size.width}:${size.height},format=rgb24`;
  if (!video.isHdr) return [plain];
  return [`${toneMap},${plain}`, plain];
}

/** From PQ or HLG to the colours of a plain display. Older ffmpegs have no `zscale`. */
export const toneMap =
  'zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv420p';

/** Passes the frames with these timestamps alone. */
export function selectTicks(ticks: readonly number[]): string {
  return `select='${ticks.map((tick) => `eq(pts,${tick})`).join('+')}'`;
}

/** Passes the frames with these numbers alone, counted from 0 where decoding begins. */
export function selectNumbers(numbers: readonly number[]): string {
  return `select='${numbers.map((number) => `eq(n,${number})`).join('+')}'`;
}
