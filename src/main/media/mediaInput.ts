/** A file as ffmpeg gets it: whole, or a stretch of its bytes. */
export interface MediaInput {
  /** Absolute path. */
  file: string;
  /** ffmpeg's demuxer, where its own guess must not count. */
  demuxer?: string;
  /** One of several recordings that were joined byte by byte: from `start` up to, not including, `end`. */
  bytes?: { start: number; end: number };
}
