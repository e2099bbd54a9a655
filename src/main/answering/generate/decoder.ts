/**
 * What generation asks of a language model: nothing of ONNX Runtime, of files or of media.
 * One `Decoder` is one conversation's state; `length` positions of it are filled.
 */
export interface Decoder {
  /** Width D of one position. */
  readonly hiddenSize: number;
  /** Positions read so far. */
  readonly length: number;
  /** Positions that there is room for. */
  readonly maxLength: number;
  /** Positions that are best read in one run. */
  readonly prefillChunk: number;
  /**
   * Reads `inputsEmbeds` (s, D) after what was read before.
   * @returns logits (V) of the last position
   */
  prefill(inputsEmbeds: Float32Array): Promise<Float32Array>;
  /**
   * Reads one token after what was read before.
   * @returns logits (V) of that position
   */
  decodeStep(tokenId: number): Promise<Float32Array>;
}
