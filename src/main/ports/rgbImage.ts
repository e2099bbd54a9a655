/** A decoded picture, as it passes from the media room to preprocessing and to the recognisers. */
export interface RgbImage {
  /** Pixels, as displayed (rotation applied). */
  width: number;
  height: number;
  /** height * width * 3 bytes: rows from the top, red, green, blue. */
  data: Uint8Array;
}
