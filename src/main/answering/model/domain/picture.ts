/** A frame, and a part of it. */

/** Rows from the top: height * width * 3 bytes. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

export interface Patch {
  /** Indices of its pixels. */
  pixels: readonly number[];
  /** Mean red, green, blue, 0 to 255. */
  colour: [number, number, number];
  left: number;
  right: number;
  top: number;
  bottom: number;
}
