/**
 * A graph whose packed weights (int8, int4) are multiplied with floats. As it is stored it asks for more speed: before
 * each product the other side is rounded to 8 bits as well, by the CPU in blocks of 32 values and on WebGPU in blocks
 * of 128, so that two providers that are both right give different numbers. In floats they give the same.
 */
import { readFile } from 'node:fs/promises';

const attribute = Buffer.from('accuracy_level');
/** Of an attribute's whole number, and of the two numbers. Source: onnx/onnx.proto, AttributeProto; MatMulNBits. */
const wholeNumber = 0x18;
const [inFloats, in8Bits] = [0, 4];

/** The bytes of `graphFile` with every product of packed weights in floats; its external data stays where it is. */
export async function withFloatProducts(graphFile: string): Promise<Uint8Array> {
  const bytes = await readFile(graphFile);
  for (let at = bytes.indexOf(attribute); at >= 0; at = bytes.indexOf(attribute, at + 1)) {
    const value = at + attribute.length;
    if (bytes[value] === wholeNumber && bytes[value + 1] === in8Bits) bytes[value + 1] = inFloats;
  }
  return bytes;
}
