/** What a vision tower wants its pictures to look like (the fields of a published preprocessor_config.json). */
export interface VisionPreprocessing {
  /** SigLIP squashes to size x size; CLIP scales the shortest edge to size and crops the centre. */
  resize: 'squash' | 'shortest-edge-crop';
  /** Edge of the square result, in pixels. */
  size: number;
  /** Per channel, red, green, blue, after rescaling. */
  mean: readonly [number, number, number];
  std: readonly [number, number, number];
  /** Multiplies the bytes before the mean is taken off; 1/255 in every published tower. */
  rescale: number;
}
